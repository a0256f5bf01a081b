using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo;
using Kommo.Simulator;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using KommoFunctions.Salesbot;
using KommoFunctions.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Core.Tests.Salesbot;

/// <summary>A bot's step from the account to the handler and back.</summary>
public sealed class BotStepTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bot_that_waits_is_answered_at_once_and_continued_by_its_handler(bool asForm)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Handlers = b => b.AddSalesbotHandler<Continuing>());
        await using var widget = await WidgetAsync(host.Process.Get<SalesbotIntake>());
        var lead = host.Kommo.CreateLeads(1)[0];

        var (step, status) = await host.Kommo.StartBotStepAsync(
            new Uri($"{widget.Urls.Single()}/api/salesbot"), EntityKind.Lead, lead, new JsonObject { ["question"] = "When?" }, asForm: asForm);
        Assert.Equal((200, true), (status, Step(host, step).IsWaiting));
        await host.Process.SettleAsync();

        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.False(Step(host, step).IsWaiting);
        Assert.Equal($"When? {lead}", Step(host, step).Continuation!["data"]!["answer"]!.GetValue<string>());
    }

    private static SimulatedBotStep Step(CoreHost host, long id) => host.Kommo.BotSteps.Single(step => step.ContinueId == id);

    private static async Task<WebApplication> WidgetAsync(SalesbotIntake intake)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/api/salesbot", async (HttpContext http) =>
            http.Response.StatusCode = (await intake.ReceiveAsync(http.Request.Body, http.Request.ContentLength)).StatusCode);
        await app.StartAsync();
        return app;
    }

    private sealed class Continuing : ISalesbotHandler
    {
        public async Task HandleAsync(SalesbotRequest request, EventContext context, CancellationToken cancellationToken) =>
            Assert.True(await context.Kommo.Salesbot.ContinueAsync(
                request.ReturnUrl,
                new SalesbotContinuation
                {
                    Data = new Dictionary<string, JsonElement>
                    {
                        ["answer"] = JsonSerializer.SerializeToElement($"{request.Data.GetProperty("question").GetString()} {request.EntityId}"),
                    },
                },
                cancellationToken));
    }
}
