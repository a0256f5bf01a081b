namespace KommoFunctions.Core.Tests.Framework;

/// <summary>Bodies as Kommo sends them (Kommo: Webhooks).</summary>
internal static class Hooks
{
    private const string Account = "&account[subdomain]=example&account[id]=30000001&account[_links][self]=https%3A%2F%2Fexample.amocrm.com";

    public static string LeadAdded(long id, string name = "Somebody") => Encoded($"leads[add][0][id]={id}&leads[add][0][name]={name}" + Account);

    public static string OfAccount(long accountId) => Encoded($"leads[add][0][id]=1&account[id]={accountId}");

    /// <summary>The body of the given pairs and the account's.</summary>
    public static string Of(string pairs) => Encoded(pairs + Account);

    /// <summary>A change of a lead at a second, as a robot or integration makes it when no user is given.</summary>
    public static string LeadChanged(long id, long updatedAt, string action = "update", long user = 0, string more = "") =>
        Of($"leads[{action}][0][id]={id}&leads[{action}][0][modified_user_id]={user}&leads[{action}][0][updated_at]={updatedAt}{more}");

    /// <summary>A hook of so many lead additions.</summary>
    public static string Leads(int count) =>
        Of(string.Join('&', Enumerable.Range(0, count).Select(i => $"leads[add][{i}][id]={1000 + i}&leads[add][{i}][name]=Lead")));

    private static string Encoded(string body) =>
        body.Replace("[", "%5B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);
}
