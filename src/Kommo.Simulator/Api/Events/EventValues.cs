using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator.Api.Events;

/// <summary><c>filter[value_before][...]</c> and <c>filter[value_after][...]</c> (Kommo: Events, filters).</summary>
internal static class EventValues
{
    public static bool Match(ListQuery query, string side, JsonObject? value)
    {
        if (!query.Keys.Any(key => key.StartsWith($"filter[{side}]", StringComparison.Ordinal)))
        {
            return true;
        }

        if (query.Filter($"{side}][responsible_user_id") is { } users)
        {
            return users.SelectMany(ids => ids.Split(',')).Contains(value?.Object("responsible_user").Text("id"));
        }

        if (query.Filter($"{side}][value") is { } texts)
        {
            return texts.Contains(value?.FirstOrDefault().Value is JsonObject inner ? inner.LastOrDefault().Value?.ToString() : null);
        }

        JsonObject stage = value?.Object("lead_status") ?? [];
        return Enumerable.Range(0, 10).Any(index =>
            query.Text($"filter[{side}][leads_statuses][{index}][status_id]") is { } status
            && status == stage.Text("id")
            && query.Text($"filter[{side}][leads_statuses][{index}][pipeline_id]") == stage.Text("pipeline_id"));
    }
}
