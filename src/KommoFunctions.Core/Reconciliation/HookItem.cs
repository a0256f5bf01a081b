using System.Globalization;
using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Reconciliation;

/// <summary>Builds the fields of a hook's item from what the API tells: names and shapes as Kommo's hooks have them (Kommo: Webhooks).</summary>
internal sealed class HookItem
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public HookItem Add(string name, string? value)
    {
        if (value is not null)
        {
            _fields.Add(new(name, value));
        }

        return this;
    }

    public HookItem Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public HookItem Add(string name, decimal? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public HookItem Add(string name, DateTimeOffset? value) => Add(name, value?.ToUnixTimeSeconds());

    public HookItem Add(IReadOnlyList<CustomFieldValues>? fields)
    {
        for (var i = 0; i < (fields?.Count ?? 0); i++)
        {
            var field = fields![i];
            Add($"custom_fields[{i}][id]", field.FieldId);
            Add($"custom_fields[{i}][name]", field.FieldName);
            Add($"custom_fields[{i}][code]", field.FieldCode);
            for (var j = 0; j < (field.Values?.Count ?? 0); j++)
            {
                Add($"custom_fields[{i}][values][{j}][value]", field.Values![j].Value?.ToString());
                Add($"custom_fields[{i}][values][{j}][enum]", field.Values[j].EnumId);
            }
        }

        return this;
    }

    public WebhookFields ToFields() => WebhookFields.From(_fields);
}
