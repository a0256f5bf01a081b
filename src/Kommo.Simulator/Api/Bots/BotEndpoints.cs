using System.Text.Json.Nodes;
using Kommo.Simulator.Bots;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Bots;

/// <summary>Bots: run, stopped and continued; one at a time on an entity (Kommo: Salesbot).</summary>
internal sealed class BotEndpoints(ApiContext context)
{
    private const int MostRuns = 100;
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api, RouteGroupBuilder old)
    {
        context.Map(api, new Resource
        {
            Name = "bots",
            Path = "/bots",
            Table = _ => BotTables.Bots(_store),
            Fields = [],
            UnknownStatus = 404,
            HasTotals = true,
        }, Verbs.Read);
        api.Serve("POST", "/bots/run", request => Run(request, item => item.Number("bot_id"), numbers: false));
        api.Serve("POST", "/bots/{id:long}/run", request => Run(request, _ => request.Route("id"), numbers: false));
        api.Serve("POST", "/bots/{id:long}/stop", Stop);
        old.Serve("POST", "/salesbot/run", request => Run(request, item => item.Number("bot_id"), numbers: true));
        api.Serve("POST", "/salesbot/{bot:long}/continue/{step:long}", Continue);
        api.Serve("POST", "/marketingbot/{bot:long}/continue/{step:long}", Continue);
    }

    /// <summary>The old route takes an array and numbers for kinds, the new ones an object and names; each takes the other's body.</summary>
    private Reply Run(ApiRequest request, Func<ItemReader, long?> bot, bool numbers)
    {
        IReadOnlyList<JsonNode?> items = request.Body switch
        {
            JsonArray { Count: > 0 } many => [.. many],
            JsonObject { Count: > 0 } one => [one],
            _ => [],
        };
        if (items.Count == 0)
        {
            return Reply.EmptyBody;
        }

        if (items.Count > MostRuns)
        {
            return Reply.OverLimit(MostRuns);
        }

        lock (_store.Gate)
        {
            List<(ItemReader Item, long Bot, string Type, long Entity)> runs = [.. items.Select((node, index) => Read(new ItemReader(node, index), bot, numbers))];
            if (runs.Any(run => run.Item.Errors.Count > 0))
            {
                return Reply.Invalid(runs.Select(run => run.Item));
            }

            foreach ((_, long id, string type, long entity) in runs)
            {
                End(type, entity);
                DocumentTable table = BotTables.Runs(_store);
                table.Put(new JsonObject
                {
                    ["id"] = table.NextId(),
                    ["bot_id"] = id,
                    ["entity_type"] = type,
                    ["entity_id"] = entity,
                    ["is_running"] = true,
                });
            }

            context.Sink.Touch();
            return Reply.Accepted;
        }
    }

    private (ItemReader Item, long Bot, string Type, long Entity) Read(ItemReader item, Func<ItemReader, long?> bot, bool numbers)
    {
        long id = bot(item) ?? 0;
        if (BotTables.Bots(_store).Find(id) is null)
        {
            item.NotAChoice("bot_id");
        }

        string type = item["entity_type"]?.ToString() ?? "";
        EntityKind? kind = type switch
        {
            "1" when numbers => EntityKind.Contact,
            "2" when numbers => EntityKind.Lead,
            _ => EntityKindNames.FromPlural(type),
        };
        long entity = item.Number("entity_id") ?? 0;
        if (kind is not (EntityKind.Lead or EntityKind.Contact))
        {
            item.NotAChoice("entity_type");
        }
        else if (!_store.Exists(kind.Value, entity))
        {
            item.NotAChoice("entity_id");
        }

        return (item, id, kind?.Plural() ?? "", entity);
    }

    private Reply Stop(ApiRequest request)
    {
        lock (_store.Gate)
        {
            if (BotTables.Bots(_store).Find(request.Route("id")) is null)
            {
                return Reply.NotFound;
            }

            ItemReader item = new(request.Body ?? new JsonObject(), 0);
            if (item.Text("entity_type") != "leads")
            {
                item.NotAChoice("entity_type");
            }

            if (item.Number("entity_id") is not { } lead || !_store.Exists(EntityKind.Lead, lead))
            {
                item.NotAChoice("entity_id");
                lead = 0;
            }

            if (item.Errors.Count > 0)
            {
                return Reply.Invalid([item]);
            }

            End("leads", lead, request.Route("id"));
            context.Sink.Touch();
            return Reply.Accepted;
        }
    }

    private void End(string type, long entity, long? bot = null)
    {
        if (BotTables.Running(_store, type, entity) is { } running && (bot is null || running.Long("bot_id") == bot))
        {
            BotTables.Runs(_store).Put(running.With("is_running", false));
        }
    }

    private Reply Continue(ApiRequest request)
    {
        lock (_store.Gate)
        {
            if (BotTables.Steps(_store).Find(request.Route("step")) is not { } step
                || step.Long("bot_id") != request.Route("bot") || !step.Flag("is_waiting"))
            {
                return Reply.NotFound;
            }

            ItemReader item = new(request.Body ?? new JsonObject(), 0);
            BotHandlers.Check(item);
            if (item.Errors.Count > 0)
            {
                return Reply.Invalid([item]);
            }

            JsonObject done = step.With("is_waiting", false);
            done["continuation"] = (request.Body as JsonObject ?? []).Copy();
            BotTables.Steps(_store).Put(done);
            context.Sink.Touch();
            return Reply.Accepted;
        }
    }
}
