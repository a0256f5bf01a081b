using System.Globalization;
using System.Text;
using Kommo.Webhooks;

namespace Kommo.Benchmarks.Webhooks;

/// <summary>Bodies as Kommo sends them: percent-encoded brackets, all values text, the account in front.</summary>
internal static class SampleHooks
{
    /// <summary>One changed lead: 2 KB.</summary>
    public static byte[] Lead() => Body(1, customFields: 3);

    /// <summary>A mass edit: 4 KB a lead, so that 250 leads are 1 MB.</summary>
    public static byte[] Leads(int count) => Body(count, customFields: 8);

    private static byte[] Body(int leads, int customFields)
    {
        var body = new StringBuilder("account[subdomain]=example&account[id]=30000001&account[_links][self]=https%3A%2F%2Fexample.amocrm.com");
        for (var lead = 0; lead < leads; lead++)
        {
            AddLead(body, $"&leads[update][{lead}]", 20_000_000 + lead, customFields);
        }

        return Encoding.UTF8.GetBytes(body.Replace("[", "%5B").Replace("]", "%5D").ToString());
    }

    private static void AddLead(StringBuilder body, string item, int id, int customFields)
    {
        foreach (var (name, value) in new[]
        {
            ("id", id.ToString(CultureInfo.InvariantCulture)), ("name", "Deal+with+M%C3%BCller+%26+S%C3%B6hne"), ("status_id", "50000013"),
            ("price", "125000"), ("responsible_user_id", "8000001"), ("last_modified", "1729717205"), ("modified_user_id", "8000001"),
            ("created_user_id", "8000001"), ("date_create", "1729717200"), ("pipeline_id", "5000001"), ("account_id", "30000001"),
            ("tags][0][id", "60001"), ("tags][0][name", "hot"), ("created_at", "1729717200"), ("updated_at", "1729717205"),
        })
        {
            body.Append(CultureInfo.InvariantCulture, $"{item}[{name}]={value}");
        }

        for (var field = 0; field < customFields; field++)
        {
            var key = $"{item}[custom_fields][{field}]";
            body.Append(CultureInfo.InvariantCulture, $"{key}[id]={700_000 + field}{key}[name]=Phone+number+{field}");
            body.Append(CultureInfo.InvariantCulture, $"{key}[values][0][value]=%2B1+555+01{field:00}+77{key}[values][0][enum]=70001{field:00}{key}[code]=PHONE_{field}");
        }
    }
}
