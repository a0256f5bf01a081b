using System.Text;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

/// <summary>Bodies as Kommo sends them (kommo-api facts, Webhooks), written by hand from the documented shapes.</summary>
internal static class Hooks
{
    public const string Account = "account[subdomain]=example&account[id]=30000001&account[_links][self]=https%3A%2F%2Fexample.amocrm.com";

    public static Webhook Parse(string body) => WebhookParser.Parse(Encoding.UTF8.GetBytes(body));

    /// <summary>The same body with its brackets percent-encoded, as on the wire.</summary>
    public static string Encoded(string body) =>
        body.Replace("[", "%5B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);

    public static T Single<T>(string body)
        where T : WebhookEvent
    {
        var literal = Parse(body).Events;
        Assert.Equal(literal, Parse(Encoded(body)).Events);
        return Assert.IsType<T>(Assert.Single(literal));
    }
}
