using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Control;

/// <summary>The simulator's own routes: what a person or a script in another process can do with the account.</summary>
internal sealed class ControlRoutes(KommoSimulator simulator)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (RequestDelegate)(http => http.WriteHtmlAsync(200, StartPage.Html(simulator))));
        RouteGroupBuilder own = routes.MapGroup("/_simulator");
        own.MapPost("/leads", (RequestDelegate)(async http => await http.WriteAsync(CreateLeads(await http.ReadJsonAsync()))));
        own.MapGet("/leads/{id:long}", (RequestDelegate)(http =>
            http.WriteAsync(Lead(long.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture)))));
        own.MapPost("/authorize", (RequestDelegate)(http => http.WriteAsync(Authorize())));
        own.MapGet("/statistics", (RequestDelegate)(http => http.WriteAsync(Statistics())));
        own.MapPost("/statistics/reset", (RequestDelegate)(http => Do(http, simulator.ResetStatistics)));
        own.MapPost("/unblock", (RequestDelegate)(http => Do(http, simulator.Unblock)));
        new ActionRoutes(simulator).Map(own);
        own.MapPost("/faults", (RequestDelegate)AddFaultAsync);
        own.MapDelete("/faults", (RequestDelegate)(http => Do(http, simulator.ClearFaults)));
    }

    private Reply CreateLeads(JsonNode? body)
    {
        ItemReader item = new(body ?? new JsonObject(), 0);
        long count = item.Number("count") ?? 1;
        if (count is < 1 or > 100_000)
        {
            item.Fail("OutOfRange", "count", "This value should be between 1 and 100000.");
        }

        string? name = item.Text("name");
        long? price = item.Number("price");
        long? responsible = item.Number("responsible_user_id");
        if (responsible is { } user && !simulator.IsUser(user))
        {
            item.NotAChoice("responsible_user_id");
        }

        return item.Errors.Count > 0
            ? Reply.Invalid([item])
            : Reply.Json(new JsonObject
            {
                ["ids"] = new JsonArray([.. simulator.CreateLeads((int)count, name, price ?? 0, responsible)
                    .Select(id => (JsonNode)JsonValue.Create(id))]),
            });
    }

    private Reply Lead(long id)
    {
        if (simulator.FindLead(id) is not { } lead)
        {
            return Reply.NotFound;
        }

        return Reply.Json(new JsonObject
        {
            ["lead"] = JsonSerializer.SerializeToNode(lead, ControlJson.Default.SimulatedLead),
            ["tasks"] = JsonSerializer.SerializeToNode(simulator.TasksOf(EntityKind.Lead, id), ControlJson.Default.IReadOnlyListSimulatedTask),
            ["notes"] = JsonSerializer.SerializeToNode(simulator.NotesOf(EntityKind.Lead, id), ControlJson.Default.IReadOnlyListSimulatedNote),
        });
    }

    private Reply Authorize()
    {
        AuthorizationCode code = simulator.Authorize();
        return Reply.Json(new JsonObject
        {
            ["code"] = code.Code,
            ["referer"] = code.Referer,
            ["base_address"] = simulator.BaseAddress.ToString(),
        });
    }

    private Reply Statistics() =>
        Reply.Json(JsonSerializer.SerializeToNode(simulator.GetStatistics(), ControlJson.Default.SimulatorStatistics)!);

    private async Task AddFaultAsync(HttpContext http)
    {
        try
        {
            SimulatorFault? fault = await JsonSerializer.DeserializeAsync(
                http.Request.Body, ControlJson.Default.SimulatorFault, http.RequestAborted);
            simulator.AddFault(fault ?? throw new JsonException("A fault is expected."));
            await http.WriteAsync(Reply.NoContent);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            await http.WriteAsync(Reply.Problem(400, "Bad Request", error.Message));
        }
    }

    private static Task Do(HttpContext http, Action act)
    {
        act();
        return http.WriteAsync(Reply.NoContent);
    }
}
