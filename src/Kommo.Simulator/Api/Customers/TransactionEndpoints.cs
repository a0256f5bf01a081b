using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Events;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Customers;

/// <summary>Purchases of customers: made below the customer, read and deleted below all (Kommo: Customers, transactions).</summary>
internal sealed class TransactionEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api)
    {
        Resource all = Described("/customers/transactions", parent: null);
        context.Map(api, all, Verbs.Read | Verbs.Delete);
        Resource own = Described("/customers/{customer:long}/transactions", ("customer_id", "customer"));
        context.Map(api, own, Verbs.List | Verbs.Create);
    }

    private Resource Described(string path, (string, string)? parent) => new()
    {
        Name = "transactions",
        Path = path,
        Table = _ => CustomerTables.Transactions(_store),
        Parent = parent,
        Fields =
        [
            Field.Number("price").Needed(), Field.Text("comment"), Field.Number("completed_at"), Field.Number("customer_id") with { ReadOnly = true },
        ],
        HasUsers = true,
        Filters = ["id", "customer_id"],
        Ranges = ["created_at", "completed_at", "price"],
        Orders = ["id", "completed_at"],
        Refuse = request => CustomerTables.Refused(_store)
            ?? (parent is not null && !_store.Exists(EntityKind.Customer, request.Route("customer")) ? Reply.NotFound : null),
        Check = draft =>
        {
            draft.Row["completed_at"] ??= _store.Now;
            draft.Row["is_deleted"] = false;
        },
        Written = Tell,
        Deleted = (row, request) => Count(row, request, -1),
        Show = (row, request) => row["_embedded"] = new JsonObject
        {
            ["customer"] = new JsonObject
            {
                ["id"] = row.Long("customer_id"),
                ["_links"] = request.SelfLink($"/api/v4/customers/{row.Text("customer_id")}"),
            },
        },
    };

    private void Tell(Draft draft)
    {
        Count(draft.Row, draft.Request, 1);
        SimulatedCustomer customer = _store.Customers.Find(draft.Row.Long("customer_id"))!;
        ItemReader item = draft.Item;
        if (item.Has("next_date") || item.Has("next_price"))
        {
            context.Entities.Update(customer with
            {
                NextDate = item.NumberOr("next_date", customer.NextDate),
                NextPrice = item.NumberOr("next_price", customer.NextPrice) ?? 0,
            }, draft.Request.Actor);
        }

        _store.Events.Add(
            "transaction_added", "customer", customer.Id, draft.Request.Actor, after: EntityEvents.Value("transaction", "id", draft.Row.Id()));
    }

    private void Count(JsonObject row, ApiRequest request, int sign)
    {
        if (_store.Customers.Find(row.Long("customer_id")) is { } customer)
        {
            context.Entities.Update(customer with
            {
                Ltv = customer.Ltv + (sign * row.Long("price")),
                PurchasesCount = customer.PurchasesCount + sign,
            }, request.Actor);
        }
    }
}
