using System.Text.Json.Nodes;

namespace KommoFunctions.Outbox;

/// <summary>
/// Makes one change of two that were to be sent one after the other, and only where it leaves the entity as the two would. Where that is not
/// certain there is none: the two are then sent apart.
/// </summary>
internal static class UpdateMerge
{
    private const string Fields = "custom_fields_values";

    /// <summary>What a later change sets anew even when it does not name it.</summary>
    private static readonly string[] OfTheLast = ["updated_at", "updated_by"];

    /// <summary>These replace or join a whole, which takes knowing it.</summary>
    private static readonly string[] Wholes = ["_embedded", "params"];

    /// <summary>Properties that mean something only together: a later change must name all that the earlier one did.</summary>
    private static readonly string[][] Together = [["name", "first_name", "last_name"], ["entity_id", "entity_type"]];

    /// <summary>Each move to a stage sets off what the Digital Pipeline has for that stage, so none may be left out.</summary>
    private static readonly string[] Stage = ["status_id", "pipeline_id"];

    /// <summary>One change for both; null when there is none.</summary>
    /// <param name="first">The earlier change, as JSON of the route.</param>
    /// <param name="second">The later change of the same entity.</param>
    public static JsonObject? TryMerge(JsonObject first, JsonObject second)
    {
        if (Wholes.Any(name => first.ContainsKey(name) || second.ContainsKey(name))
            || (Stage.Any(first.ContainsKey) && Stage.Any(second.ContainsKey))
            || Together.Any(group => group.Any(second.ContainsKey) && group.Any(name => first.ContainsKey(name) && !second.ContainsKey(name)))
            || FieldMerge.TryMerge(first[Fields], second[Fields]) is not { } fields
            || TagChange.TryMerge(first, second) is not { } tags)
        {
            return null;
        }

        var merged = (JsonObject)first.DeepClone();
        foreach (var name in OfTheLast)
        {
            merged.Remove(name);
        }

        foreach (var (name, value) in second)
        {
            merged[name] = value?.DeepClone();
        }

        if (fields.Count > 0)
        {
            merged[Fields] = fields;
        }

        tags.WriteTo(merged);
        return merged;
    }
}
