using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Leads;

/// <summary>
/// Stages of a pipeline: at most 100, the system's included; those of the system may be renamed, not deleted; leads of a deleted
/// one go to the first (Kommo: Pipelines).
/// </summary>
internal sealed class StatusEndpoints(ApiContext context)
{
    private const int MostStatuses = 100;
    private const string All = "/leads/pipelines/{id:long}/statuses";
    private const string One = All + "/{statusId:long}";
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        api.Serve("GET", All, List);
        api.Serve("GET", One, Get);
        api.Serve("POST", All, request => Guarded(request, Create));
        api.Serve("PATCH", One, request => Guarded(request, Update));
        api.Serve("DELETE", One, request => Guarded(request, Delete));
    }

    private Reply List(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return Pipeline(request) is not { } pipeline ? Reply.NoContent : Reply.Hal(new JsonObject
            {
                ["_total_items"] = pipeline.Statuses.Count,
                ["_links"] = request.SelfLink(request.PathAndQuery),
                ["_embedded"] = new JsonObject
                {
                    ["statuses"] = pipeline.Statuses.Select(status => StatusJson.Of(pipeline, status, request, _store)).ToJsonArray(),
                },
            });
        }
    }

    private Reply Get(ApiRequest request)
    {
        lock (_store.Gate)
        {
            return Find(request) is { } status ? Reply.Hal(StatusJson.Of(Pipeline(request)!, status, request, _store)) : Reply.NoContent;
        }
    }

    private Reply Create(ApiRequest request)
    {
        if (Pipeline(request)!.Statuses.Count + ((request.Body as JsonArray)?.Count ?? 0) > MostStatuses)
        {
            return Reply.Unprocessable($"Limit {MostStatuses} statuses per pipeline");
        }

        return context.Batch.Many(request, "statuses", item =>
        {
            foreach (string required in (ReadOnlySpan<string>)["name", "sort"])
            {
                if (item[required] is null)
                {
                    item.Missing(required);
                }
            }

            PipelineStatus draft = StatusReader.Read(item, new PipelineStatus(0, "", 20, "#fffeb2", IsEditable: true, Type: 0));
            return () =>
            {
                PipelineStatus added = draft with { Id = _store.NextPipelineId() };
                JsonObject body = StatusJson.Of(Keep(request, added), added, request, _store);
                body["request_id"] = item.RequestId;
                return body;
            };
        });
    }

    private Reply Update(ApiRequest request) => Find(request) is not { } before
        ? Reply.NotFound
        : context.Batch.One(request, item =>
        {
            PipelineStatus changed = StatusReader.Read(item, before);
            // The system's rows keep their place and colour, whatever the request says.
            PipelineStatus kept = before.IsEditable ? changed : before with { Name = changed.Name, Descriptions = changed.Descriptions };
            return () => StatusJson.Of(Keep(request, kept), kept, request, _store);
        });

    private Reply Delete(ApiRequest request)
    {
        if (Find(request) is not { } status)
        {
            return Reply.NotFound;
        }

        Pipeline pipeline = Pipeline(request)!;
        if (!status.IsEditable || pipeline.Statuses.Count(other => other.IsEditable) == 1)
        {
            return Reply.Problem(400, "Bad Request", "This status can not be deleted");
        }

        Pipeline after = pipeline with { Statuses = [.. pipeline.Statuses.Where(other => other.Id != status.Id)] };
        _store.Pipelines.Put(after);
        foreach (SimulatedLead lead in _store.Leads.Live.Where(lead => lead.PipelineId == pipeline.Id && lead.StatusId == status.Id).ToList())
        {
            context.Entities.Update(lead with { StatusId = after.FirstStage, UpdatedBy = request.Actor.UserId }, request.Actor);
        }

        context.Sink.Touch();
        return Reply.NoContent;
    }

    private Pipeline Keep(ApiRequest request, PipelineStatus status)
    {
        Pipeline before = Pipeline(request)!;
        Pipeline after = before with
        {
            Statuses = [.. before.Statuses.Where(other => other.Id != status.Id).Append(status).OrderBy(other => other.Sort)],
        };
        _store.Pipelines.Put(after);
        context.Sink.Touch();
        return after;
    }

    private Reply Guarded(ApiRequest request, Func<ApiRequest, Reply> serve)
    {
        lock (_store.Gate)
        {
            return !_store.IsAdmin(request.Actor.UserId) ? Reply.Forbidden : Pipeline(request) is null ? Reply.NotFound : serve(request);
        }
    }

    private Pipeline? Pipeline(ApiRequest request) => _store.Pipelines.Find(request.Route("id"));

    private PipelineStatus? Find(ApiRequest request) =>
        Pipeline(request)?.Statuses.FirstOrDefault(status => status.Id == request.Route("statusId"));
}
