using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Leads;

/// <summary>Pipelines: at most 50, one of them the main one, none deleted that is the last or has leads (Kommo: Pipelines).</summary>
internal sealed class PipelineEndpoints(ApiContext context)
{
    private const int MostPipelines = 50;
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        api.Serve("GET", "/leads/pipelines", List);
        api.Serve("GET", "/leads/pipelines/{id:long}", Get);
        api.Serve("POST", "/leads/pipelines", Create);
        api.Serve("PATCH", "/leads/pipelines/{id:long}", Update);
        api.Serve("DELETE", "/leads/pipelines/{id:long}", Delete);
        new StatusEndpoints(context).Map(api);
    }

    private Reply List(ApiRequest request)
    {
        lock (_store.Gate)
        {
            IReadOnlyList<Pipeline> pipelines = [.. _store.Pipelines.All.OrderBy(pipeline => pipeline.Sort)];
            return Reply.Hal(new JsonObject
            {
                ["_total_items"] = pipelines.Count,
                ["_links"] = request.SelfLink(request.PathAndQuery),
                ["_embedded"] = new JsonObject { ["pipelines"] = pipelines.Select(pipeline => Json(pipeline, request)).ToJsonArray() },
            });
        }
    }

    private Reply Get(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return _store.Pipelines.Find(request.Route("id")) is { } pipeline ? Reply.Hal(Json(pipeline, request)) : Reply.NoContent;
        }
    }

    private Reply Create(ApiRequest request)
    {
        if (Refused(request) is { } refusal)
        {
            return refusal;
        }

        if (_store.Pipelines.Count + ((request.Body as JsonArray)?.Count ?? 0) > MostPipelines)
        {
            return Reply.Unprocessable($"Limit {MostPipelines} pipelines per account");
        }

        return context.Batch.Many(request, "pipelines", item =>
        {
            foreach (string required in (ReadOnlySpan<string>)["name", "sort", "is_main", "is_unsorted_on"])
            {
                if (item[required] is null)
                {
                    item.Missing(required);
                }
            }

            Pipeline draft = Read(item, new Pipeline(0, "", 1, false, []));
            IReadOnlyList<PipelineStatus> statuses = StatusReader.ReadNew(item, item.Array("statuses", embedded: true) ?? []);
            return () =>
            {
                Pipeline added = draft with { Id = _store.NextPipelineId() };
                added = added with
                {
                    Statuses =
                    [
                        new(_store.NextPipelineId(), "Incoming leads", 10, "#c1c1c1", IsEditable: false, Type: 1),
                        .. statuses.Select(status => status.Id == 0 ? status with { Id = _store.NextPipelineId() } : status),
                    ],
                };
                JsonObject body = Json(Keep(added), request);
                body["request_id"] = item.RequestId;
                return body;
            };
        });
    }

    private Reply Update(ApiRequest request)
    {
        long id = request.Route("id");
        return Refused(request) ?? (_store.Pipelines.Find(id) is null ? Reply.NotFound : context.Batch.One(request, item =>
        {
            Pipeline before = _store.Pipelines.Find(id)!;
            Pipeline changed = Read(item, before);
            if (before.IsMain && !changed.IsMain)
            {
                item.Fail("NotSupportedChoice", "is_main", "The account needs a main pipeline.");
            }

            return () => Json(Keep(changed), request);
        }));
    }

    private Reply Delete(ApiRequest request)
    {
        if (Refused(request) is { } refusal)
        {
            return refusal;
        }

        lock (_store.Gate)
        {
            if (_store.Pipelines.Find(request.Route("id")) is not { } pipeline)
            {
                return Reply.NotFound;
            }

            if (_store.Pipelines.Count == 1 || _store.Leads.Live.Any(lead => lead.PipelineId == pipeline.Id))
            {
                return Reply.Problem(400, "Bad Request", _store.Pipelines.Count == 1
                    ? "The last pipeline can not be deleted"
                    : "A pipeline with leads can not be deleted");
            }

            _store.Pipelines.Remove(pipeline.Id);
            if (pipeline.IsMain)
            {
                Keep(_store.Pipelines.All.OrderBy(other => other.Sort).First() with { IsMain = true });
            }

            context.Sink.Touch();
            return Reply.NoContent;
        }
    }

    private Reply? Refused(ApiRequest request) => _store.IsAdmin(request.Actor.UserId) ? null : Reply.Forbidden;

    private static Pipeline Read(ItemReader item, Pipeline before) => before with
    {
        Name = item.Text("name") ?? before.Name,
        Sort = item.Number("sort") ?? before.Sort,
        IsMain = item.Flag("is_main") ?? before.IsMain,
        IsUnsortedOn = item.Flag("is_unsorted_on") ?? before.IsUnsortedOn,
    };

    private Pipeline Keep(Pipeline pipeline)
    {
        if (pipeline.IsMain)
        {
            foreach (Pipeline other in _store.Pipelines.All.Where(other => other.IsMain && other.Id != pipeline.Id).ToList())
            {
                _store.Pipelines.Put(other with { IsMain = false });
            }
        }

        _store.Pipelines.Put(pipeline);
        context.Sink.Touch();
        return pipeline;
    }

    private JsonObject Json(Pipeline pipeline, ApiRequest request) => new()
    {
        ["id"] = pipeline.Id,
        ["name"] = pipeline.Name,
        ["sort"] = pipeline.Sort,
        ["is_main"] = pipeline.IsMain,
        ["is_unsorted_on"] = pipeline.IsUnsortedOn,
        ["is_archive"] = false,
        ["account_id"] = _store.Options.AccountId,
        ["_links"] = request.SelfLink($"/api/v4/leads/pipelines/{pipeline.Id.ToText()}"),
        ["_embedded"] = new JsonObject
        {
            ["statuses"] = pipeline.Statuses.Select(status => StatusJson.Of(pipeline, status, request, _store)).ToJsonArray(),
        },
    };
}
