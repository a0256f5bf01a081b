using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api.Leads;

internal static class StatusJson
{
    public static JsonObject Of(Pipeline pipeline, PipelineStatus status, ApiRequest request, AccountStore store)
    {
        JsonObject body = new()
        {
            ["id"] = status.Id,
            ["name"] = status.Name,
            ["sort"] = status.Sort,
            ["is_editable"] = status.IsEditable,
            ["pipeline_id"] = pipeline.Id,
            ["color"] = status.Color,
            ["type"] = status.Type,
            ["account_id"] = store.Options.AccountId,
            ["_links"] = request.SelfLink($"/api/v4/leads/pipelines/{pipeline.Id.ToText()}/statuses/{status.Id.ToText()}"),
        };
        if (request.Query.With("descriptions"))
        {
            body["descriptions"] = status.Descriptions.Select(text => new JsonObject
            {
                ["account_id"] = store.Options.AccountId,
                ["id"] = text.Id,
                ["level"] = text.Level,
                ["description"] = text.Description,
            }).ToJsonArray();
        }

        return body;
    }
}
