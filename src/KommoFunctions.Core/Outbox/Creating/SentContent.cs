using System.Text.Json;
using System.Text.Json.Nodes;

namespace KommoFunctions.Outbox;

/// <summary>What was sent, in the shape in which Kommo shows it afterwards.</summary>
internal static class SentContent
{
    private const string Embedded = "_embedded";
    private const string TagsToAdd = "tags_to_add";

    /// <param name="sent">What was sent; it is changed.</param>
    /// <param name="unsteady">Fields that say nothing.</param>
    public static JsonElement Of(JsonObject sent, IEnumerable<string> unsteady)
    {
        foreach (var field in unsteady)
        {
            sent.Remove(field);
        }

        if (sent[Embedded] is JsonObject embedded)
        {
            // A source is named by its external id and shown by its own; where a lead came from is not shown with it.
            embedded.Remove("source");
            embedded.Remove("metadata");
        }

        if (sent[TagsToAdd] is JsonArray tags)
        {
            sent.Remove(TagsToAdd);
            if (sent[Embedded] is not JsonObject holder)
            {
                sent[Embedded] = holder = [];
            }

            var all = holder["tags"] as JsonArray ?? [];
            holder["tags"] = new JsonArray([.. all.Concat(tags).Select(tag => tag?.DeepClone())]);
        }

        return JsonSerializer.SerializeToElement(sent, OutboxJsonContext.Default.JsonObject);
    }
}
