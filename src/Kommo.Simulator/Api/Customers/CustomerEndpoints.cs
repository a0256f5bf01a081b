using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Fields;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Customers;

/// <summary>The mode of customers, their statuses (30 at most), segments (100) and bonus points (Kommo: Customers).</summary>
internal sealed class CustomerEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        api.Serve("PATCH", "/customers/mode", SetMode);
        api.Serve("POST", "/customers/{id:long}/bonus_points", ChangePoints);
        context.Map(api, Statuses(), Verbs.Read | Verbs.Create | Verbs.UpdateOne | Verbs.Delete);
        context.Map(api, Segments(), Verbs.Read | Verbs.Create | Verbs.UpdateOne | Verbs.Delete);
        new TransactionEndpoints(context).Map(api);
    }

    private Resource Statuses() => new()
    {
        Name = "statuses",
        Path = "/customers/statuses",
        Table = _ => CustomerTables.Statuses(_store),
        Fields =
        [
            Field.Named(), Field.Number("sort", 10), Field.Flag("is_default"), Field.Array("conditions"), Field.Text("color", "#c1e0ff"),
            Field.Fixed("type", 0),
        ],
        HasTimes = false,
        HasTotals = true,
        AnswersWhole = true,
        WritesNeedAdmin = true,
        MostRows = (30, "customer statuses per account"),
        Refuse = _ => CustomerTables.Refused(_store, CustomerTables.Periodic),
    };

    private Resource Segments() => new()
    {
        Name = "segments",
        Path = "/customers/segments",
        Table = _ => CustomerTables.Segments(_store),
        Fields =
        [
            Field.Named(), Field.Text("color", "ff8f92"), Field.Array("available_products_price_types"),
            Field.Fixed("customers_count", 0), Field.Fixed("custom_fields_values", null),
        ],
        HasTotals = true,
        AnswersWhole = true,
        WritesNeedAdmin = true,
        MostRows = (100, "segments per account"),
        Refuse = _ => CustomerTables.Refused(_store, CustomerTables.Segmented),
        Check = draft => draft.Row["custom_fields_values"] = FieldValues.Json(
            FieldValues.Read(draft.Item, _store.Fields, "customers/segments", FieldValues.Parse(draft.Row["custom_fields_values"])),
            _store.Fields,
            "customers/segments"),
        Show = (row, _) => row["customers_count"] = _store.Customers.Live.Count(customer => customer.SegmentIds.Contains(row.Id())),
        Deleted = (row, request) =>
        {
            foreach (SimulatedCustomer customer in _store.Customers.Live.Where(one => one.SegmentIds.Contains(row.Id())).ToList())
            {
                context.Entities.Update(customer with { SegmentIds = [.. customer.SegmentIds.Where(id => id != row.Id())] }, request.Actor);
            }
        },
    };

    private Reply SetMode(ApiRequest request)
    {
        if (!_store.IsAdmin(request.Actor.UserId))
        {
            return Reply.Forbidden;
        }

        return context.Batch.One(request, item =>
        {
            string? mode = item.Text("mode");
            if (mode is not (null or CustomerTables.Segmented or CustomerTables.Periodic))
            {
                item.NotAChoice("mode");
            }

            bool? enabled = item.Flag("is_enabled");
            if (enabled is null && !item.Has("is_enabled"))
            {
                item.Missing("is_enabled");
            }

            return () =>
            {
                _store.Set("customers_mode", mode ?? _store.Setting("customers_mode")!.GetValue<string>());
                _store.Set("customers_enabled", enabled!.Value);
                context.Sink.Touch();
                return new JsonObject
                {
                    ["mode"] = _store.Setting("customers_mode")!.DeepClone(),
                    ["is_enabled"] = enabled.Value,
                    ["_links"] = request.SelfLink(request.Path),
                };
            };
        });
    }

    private Reply ChangePoints(ApiRequest request)
    {
        long id = request.Route("id");
        lock (_store.Gate)
        {
            if (CustomerTables.Refused(_store) is { } refusal)
            {
                return refusal;
            }

            return !_store.Exists(EntityKind.Customer, id) ? Reply.NotFound : context.Batch.One(request, item =>
            {
                SimulatedCustomer customer = _store.Customers.Find(id)!;
                long change = (item.Number("earn") ?? 0) - (item.Number("redeem") ?? 0);
                if (item.Has("earn") == item.Has("redeem"))
                {
                    item.Missing("earn");
                }
                else if (customer.BonusPoints + change < 0)
                {
                    item.Fail("TooHigh", "redeem", "There are fewer bonus points than that.");
                }

                return () =>
                {
                    SimulatedCustomer after = context.Entities.Update(customer with { BonusPoints = customer.BonusPoints + change }, request.Actor);
                    return new JsonObject { ["bonus_points"] = after.BonusPoints };
                };
            });
        }
    }
}
