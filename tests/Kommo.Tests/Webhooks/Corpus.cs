using System.Text;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

/// <summary>The hook bodies of the folder of this name.</summary>
internal static class Corpus
{
    private const string Hook = ".hook";

    /// <summary>The zone in which the bodies' local times are meant.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.CreateCustomTimeZone("Corpus", TimeSpan.FromHours(-4), "Corpus", "Corpus");

    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(Corpus).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Hook, StringComparison.Ordinal))
            .Select(name => name[..^Hook.Length])
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Body(string name)
    {
        var text = Read(name + Hook);
        return Encoding.UTF8.GetBytes(text[0] == '{'
            ? text
            : string.Join('&', text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')));
    }

    /// <summary>A form with its brackets percent-encoded, as on the wire.</summary>
    public static byte[] EncodedBody(string name) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body(name))
        .Replace("[", "%5B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal));

    public static bool IsForm(string name) => Read(name + Hook)[0] != '{';

    public static string Expected(string name) => Read(name + ".events");

    public static Webhook Parse(string name) => WebhookParser.Parse(Body(name), Zone);

    private static string Read(string resource)
    {
        using var stream = typeof(Corpus).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"There is no {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
