using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Fields;

/// <summary>
/// The custom fields by what they belong to: the plural name of an entity, <c>customers/segments</c> or <c>catalogs/{id}</c>.
/// Guarded by the store's gate.
/// </summary>
internal sealed class FieldCatalog(DocumentStore documents, KommoSimulatorOptions options)
{
    private readonly ConditionalWeakTable<JsonObject, FieldDefinition> _definitions = [];

    public DocumentTable Of(string owner) =>
        documents.Table($"fields/{owner}", LastId(owner), "id", [.. AccountCatalog.Fields.Where(field => field.Kind.Plural() == owner).Select(Row)]);

    public FieldDefinition? Find(string owner, long id) => Of(owner).Find(id) is { } row ? Definition(row) : null;

    public FieldDefinition? Find(string owner, string code) =>
        Of(owner).All.FirstOrDefault(row => row.Text("code") == code) is { } row ? Definition(row) : null;

    private FieldDefinition Definition(JsonObject row) => _definitions.GetValue(row, FieldDefinition.Of);

    // Ids are the account's: the fields of one thing are numbered apart from those of the next.
    private static long LastId(string owner) => owner switch
    {
        "leads" => 800_000,
        "contacts" => 810_000,
        "companies" => 820_000,
        "customers" => 830_000,
        "customers/segments" => 840_000,
        _ => 900_000 + (long.Parse(owner.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture) % 100_000 * 100),
    };

    private JsonObject Row(CustomField field) => new()
    {
        ["id"] = field.Id,
        ["name"] = field.Name,
        ["type"] = field.Type,
        ["code"] = field.Code,
        ["sort"] = field.Id % 1000,
        ["is_api_only"] = false,
        ["enums"] = field.Options?.Select((option, index) => new JsonObject
        {
            ["id"] = option.Id,
            ["value"] = option.Value,
            ["code"] = option.Code,
            ["sort"] = index,
        }).ToJsonArray(),
        ["group_id"] = null,
        ["required_statuses"] = new JsonArray(),
        ["is_deletable"] = field.Code is null,
        ["is_predefined"] = field.Code is not null,
        ["entity_type"] = field.Kind.Plural(),
        ["account_id"] = options.AccountId,
    };
}
