using System.Text.Json;
using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Handling;
using KommoFunctions.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Core.Tests.Accounts;

/// <summary>An account that does not behave as the simulated one: it refuses names, or leaves a subscription switched off.</summary>
public sealed class RefusedSubscriptionTests(AzuriteFixture azurite)
{
    private readonly List<string> _requests = [];

    [Fact]
    public async Task Names_that_kommo_refuses_are_left_out_when_its_pages_do_not_agree_on_them()
    {
        await EnsureAsync((settings, _) => settings.Contains("update_task", StringComparison.Ordinal) ? 400 : 201);

        Assert.Equal(["GET ", "POST add_lead update_task", "POST add_lead"], _requests);
    }

    [Fact]
    public async Task A_refusal_of_what_all_pages_name_is_an_error()
    {
        await Assert.ThrowsAsync<Kommo.KommoValidationException>(() => EnsureAsync((_, _) => 400));

        Assert.Equal(3, _requests.Count);
    }

    [Fact]
    public async Task A_subscription_that_stays_switched_off_is_made_anew()
    {
        await EnsureAsync((_, _) => 201, disabled: true);

        Assert.Equal(["GET ", "POST add_lead update_task", "DELETE ", "POST add_lead update_task"], _requests);
    }

    private async Task EnsureAsync(Func<string, int, int> answer, bool disabled = false)
    {
        await using var kommo = await StartKommoAsync(answer, disabled);
        await using var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Connected = false;
            o.Handlers = b => b.AddHandler<LeadAddedHandler>().AddHandler<TaskUpdatedHandler>();
        });
        await host.ConnectAsync(address: new Uri(kommo.Urls.Single()));
        await host.Process.Get<HookSubscriptions>().EnsureSubscribedAsync(host.AccountId, CancellationToken.None);
    }

    private async Task<WebApplication> StartKommoAsync(Func<string, int, int> answer, bool disabled)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async http =>
        {
            var settings = string.Empty;
            if (http.Request.Method == "POST")
            {
                using var body = await JsonDocument.ParseAsync(http.Request.Body);
                settings = string.Join(' ', body.RootElement.GetProperty("settings").EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal));
            }

            _requests.Add($"{http.Request.Method} {settings}");
            http.Response.StatusCode = http.Request.Method == "POST" ? answer(settings, _requests.Count) : 204;
            if (http.Request.Method == "POST")
            {
                http.Response.ContentType = http.Response.StatusCode == 400 ? "application/problem+json" : "application/json";
                await http.Response.WriteAsync(http.Response.StatusCode == 400
                    ? """{"validation-errors":[{"request_id":"0","errors":[{"code":"NotSupportedChoice","path":"settings.1","detail":"no"}]}],"title":"Bad Request","status":400}"""
                    : $$"""{"id":1,"destination":"x","disabled":{{(disabled ? "true" : "false")}},"settings":[]}""");
            }
        });
        await app.StartAsync();
        return app;
    }

    private sealed class TaskUpdatedHandler : IEventHandler<TaskUpdated>
    {
        public Task HandleAsync(TaskUpdated e, EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
