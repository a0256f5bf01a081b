using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;

namespace Kommo.Simulator.Api;

/// <summary>Pipelines and their stages, to read (Kommo: Pipelines).</summary>
internal sealed class PipelineEndpoints(KommoSimulatorOptions options)
{
    public Reply List(ApiRequest request) => Reply.Hal(new JsonObject
    {
        ["_total_items"] = AccountCatalog.Pipelines.Count,
        ["_links"] = request.SelfLink(request.PathAndQuery),
        ["_embedded"] = new JsonObject
        {
            ["pipelines"] = new JsonArray([.. AccountCatalog.Pipelines.Select(pipeline => Json(pipeline, request))]),
        },
    });

    public Reply Get(ApiRequest request) =>
        AccountCatalog.FindPipeline(request.Route("id")) is { } pipeline ? Reply.Hal(Json(pipeline, request)) : Reply.NoContent;

    public Reply Statuses(ApiRequest request) => AccountCatalog.FindPipeline(request.Route("id")) is not { } pipeline
        ? Reply.NoContent
        : Reply.Hal(new JsonObject
        {
            ["_total_items"] = pipeline.Statuses.Count,
            ["_links"] = request.SelfLink(request.PathAndQuery),
            ["_embedded"] = new JsonObject
            {
                ["statuses"] = new JsonArray([.. pipeline.Statuses.Select(status => Json(pipeline, status, request))]),
            },
        });

    public Reply GetStatus(ApiRequest request)
    {
        Pipeline? pipeline = AccountCatalog.FindPipeline(request.Route("id"));
        PipelineStatus? status = pipeline?.Statuses.FirstOrDefault(known => known.Id == request.Route("statusId"));
        return status is null ? Reply.NoContent : Reply.Hal(Json(pipeline!, status, request));
    }

    private JsonObject Json(Pipeline pipeline, ApiRequest request) => new()
    {
        ["id"] = pipeline.Id,
        ["name"] = pipeline.Name,
        ["sort"] = pipeline.Sort,
        ["is_main"] = pipeline.IsMain,
        ["is_unsorted_on"] = true,
        ["is_archive"] = false,
        ["account_id"] = options.AccountId,
        ["_links"] = request.SelfLink($"/api/v4/leads/pipelines/{pipeline.Id}"),
        ["_embedded"] = new JsonObject
        {
            ["statuses"] = new JsonArray([.. pipeline.Statuses.Select(status => Json(pipeline, status, request))]),
        },
    };

    private JsonObject Json(Pipeline pipeline, PipelineStatus status, ApiRequest request) => new()
    {
        ["id"] = status.Id,
        ["name"] = status.Name,
        ["sort"] = status.Sort,
        ["is_editable"] = status.IsEditable,
        ["pipeline_id"] = pipeline.Id,
        ["color"] = status.Color,
        ["type"] = status.Type,
        ["account_id"] = options.AccountId,
        ["_links"] = request.SelfLink($"/api/v4/leads/pipelines/{pipeline.Id}/statuses/{status.Id}"),
    };
}
