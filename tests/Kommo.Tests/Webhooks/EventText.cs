using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

/// <summary>A hook as text: every typed property of every event that tells something.</summary>
internal static class EventText
{
    private static readonly HashSet<string> Shown = [nameof(WebhookEvent.Entity), nameof(WebhookEvent.Action), nameof(WebhookEvent.Fields)];

    public static string Of(Webhook hook)
    {
        var text = new StringBuilder();
        text.Append(string.Create(CultureInfo.InvariantCulture, $"Account: {hook.Account.Id} {hook.Account.Subdomain} {hook.Account.Self}").TrimEnd()).Append('\n');
        if (hook.SentAt is { } sentAt)
        {
            text.Append(CultureInfo.InvariantCulture, $"SentAt: {Value(sentAt)}\n");
        }

        foreach (var told in hook.Events)
        {
            Append(text, told);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, WebhookEvent told)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{told.GetType().Name} ({told.Entity} {told.Action})\n");
        foreach (var property in Properties(told))
        {
            Append(text, property.Name, property.GetValue(told));
        }

        text.Append(CultureInfo.InvariantCulture, $"  Fields: {told.Fields.Count}\n");
        if (told is UnknownEvent)
        {
            foreach (var field in told.Fields)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {field.Path} = {Value(field.Value)}\n");
            }
        }
    }

    private static void Append(StringBuilder text, string name, object? value)
    {
        if (value is null or ICollection { Count: 0 })
        {
            return;
        }

        if (value is WebhookNote note)
        {
            foreach (var property in Properties(note))
            {
                Append(text, $"Note.{property.Name}", property.GetValue(note));
            }

            return;
        }

        if (value is IEnumerable list and not string)
        {
            foreach (var (index, element) in list.Cast<object>().Index())
            {
                text.Append(CultureInfo.InvariantCulture, $"  {name}[{index}]: {Value(element)}\n");
            }

            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"  {name}: {Value(value)}\n");
    }

    private static string Value(object value) => value switch
    {
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        "" => "(empty)",
        string text => text.Replace("\n", "\\n", StringComparison.Ordinal),
        Tag tag => $"{tag.Id} {tag.Name}",
        WebhookField field => $"{field.Path} = {field.Value}",
        WebhookCustomField field => $"{field.Id} {field.Code ?? "-"} {field.Name ?? "-"}{string.Concat(field.Values.Select(FieldValue))}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string FieldValue(WebhookCustomFieldValue value) => string.Create(
        CultureInfo.InvariantCulture,
        $" | {value.Value ?? "-"} enum {value.Enum ?? "-"} {value.EnumCode ?? "-"} number {Or(value.Number)} checked {Or(value.IsChecked)} date {Or(value.Date)}");

    private static string Or(IFormattable? value) => value?.ToString(value is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture) ?? "-";

    private static string Or(bool? value) => value?.ToString() ?? "-";

    private static IEnumerable<PropertyInfo> Properties(object of) =>
        of.GetType().GetProperties().Where(property => !Shown.Contains(property.Name)).OrderBy(property => property.Name, StringComparer.Ordinal);
}
