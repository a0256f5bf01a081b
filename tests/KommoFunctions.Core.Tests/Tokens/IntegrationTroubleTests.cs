using System.Diagnostics.Metrics;
using System.Text.Json;
using Kommo.OAuth;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Core.Tests.Tokens;

/// <summary>A wrong id, secret or redirect address of the integration: every account meets it, none is disconnected by it.</summary>
public sealed class IntegrationTroubleTests(AzuriteFixture azurite)
{
    public static TheoryData<string, bool> Mistakes => new()
    {
        { "secret", false }, { "secret", true }, { "OAuth:ClientId", false }, { "OAuth:ClientId", true }, { "OAuth:RedirectUri", false }, { "OAuth:RedirectUri", true },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_keeps_the_tokens_says_so_at_once_and_is_over_when_it_is_mended(string what, bool inRussian)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Kommo = k => k.TokenErrorsInRussian = inRussian);
        var tokens = await host.ConnectAsync(life: TimeSpan.Zero);
        var wrong = await MistakenAsync(host, what);

        var e = await Assert.ThrowsAsync<KommoIntegrationRejectedException>(() => RefreshAsync(wrong, host));

        var late = (await host.ReadAccountAsync())!;
        Assert.Equal(AccountState.RefreshingLate, late.State);
        Assert.Contains(e.Reason!, late.StateReason, StringComparison.Ordinal);
        Assert.Contains(wrong.Logs.GetSnapshot(), record => record.Level == LogLevel.Error && record.Message.Contains("does not accept the integration", StringComparison.Ordinal));
        var state = await host.Process.Get<TokenReader>().ReadStateAsync(host.AccountId, CancellationToken.None);
        Assert.Equal((0L, 1), (state.RejectedGeneration, state.Failures));
        Assert.Null(state.Intent);

        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, CoreHost.ClientSecret);
        var mended = host.StartProcess(new ShiftedTime(TimeSpan.FromMinutes(1)));
        await TokenScenario.CallAsync(mended, host);

        Assert.Equal(tokens.RefreshToken, host.Kommo.Tokens[^1].ExchangedFor);
        Assert.Equal(AccountState.Active, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task It_is_tried_again_after_growing_waits_by_all_processes_together()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        var time = new ShiftedTime();
        await MistakenAsync(host, "secret");
        var process = host.StartProcess(time);
        var waits = new List<TimeSpan>();

        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<KommoIntegrationRejectedException>(() => RefreshAsync(process, host));
            var later = await Assert.ThrowsAsync<NotNowException>(() => RefreshAsync(host.StartProcess(time), host));
            waits.Add(later.RetryAfter!.Value);
            time.Advance(later.RetryAfter.Value);
        }

        Assert.All(waits.Zip(waits.Skip(1)), pair => Assert.True(pair.Second > pair.First * 1.5, $"{pair.First}, then {pair.Second}"));
        Assert.Equal(4, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task Messages_and_commands_wait_meanwhile()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "2");
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(Outbox.OutboxScenario.TaskOn(lead, "waits"));
        await host.ConnectAsync(life: TimeSpan.Zero);
        var wrong = await MistakenAsync(host, "secret");

        for (var i = 0; i < 4; i++)
        {
            await wrong.PumpAsync(QueueNames.Dispatch, 1);
        }

        Assert.Empty(await wrong.ReadDeadLettersAsync());
        Assert.Single(await Outbox.OutboxScenario.CommandsAsync(host));
    }

    [Fact]
    public async Task The_metric_of_refreshes_tells_it_from_a_refused_token()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.FromMinutes(1));
        var wrong = await MistakenAsync(host, "secret");
        var seen = new List<string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "kommo.token.refreshes" && ReferenceEquals(instrument.Meter, wrong.Get<IMeterFactory>().Create(CoreMetrics.MeterName)))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => seen.Add($"{tags[0].Value}"));
        listener.Start();

        await wrong.Get<TokenRefresher>().RefreshDueAsync();

        Assert.Equal(["integration_rejected"], seen);
    }

    [Fact]
    public async Task A_token_that_was_refused_by_mistake_works_again_when_an_operator_has_it_tried()
    {
        await using var host = await RefusedAsync();

        // Kommo took it for revoked, and does not any more.
        var good = host.Kommo.IssueTokens();
        var tokens = (await TokenScenario.ReadAsync(host))!;
        await host.Process.Get<TokenVault>().SetAsync(host.AccountId, tokens with { RefreshToken = good.RefreshToken }, CancellationToken.None);
        var answer = await host.Process.Get<AccountEndpoints>().RetryTokenAsync(host.AccountId);

        Assert.Equal((200, "Active"), (answer.StatusCode, JsonElement.Parse(answer.Content.Span).GetProperty("state").GetString()));
        await TokenScenario.AssertConnectedAsync(host, host.StartProcess());
    }

    [Fact]
    public async Task A_token_that_is_refused_again_changes_nothing()
    {
        await using var host = await RefusedAsync();
        var asked = host.Kommo.GetStatistics().TokenRequests;

        var answer = await host.Process.Get<AccountEndpoints>().RetryTokenAsync(host.AccountId);
        await Record.ExceptionAsync(() => RefreshAsync(host.StartProcess(), host));

        Assert.Equal((422, asked + 1), (answer.StatusCode, host.Kommo.GetStatistics().TokenRequests));
        Assert.Equal(AccountState.NeedsAuthorization, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task Trying_a_token_tells_what_stands_in_its_way()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var endpoints = host.Process.Get<AccountEndpoints>();
        var unknown = await endpoints.RetryTokenAsync(1);
        await host.ConnectAsync(longLived: "a-long-lived-token");
        var longLived = await endpoints.RetryTokenAsync(host.AccountId);
        await host.ConnectAsync(life: TimeSpan.Zero);
        var wrong = await (await MistakenAsync(host, "secret")).Get<AccountEndpoints>().RetryTokenAsync(host.AccountId);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.ServerError, TokenScenario.TokenRoute, Count: 10));
        var away = await endpoints.RetryTokenAsync(host.AccountId);
        await host.Process.Get<AccountStore>().SetUninstalledAsync(host.AccountId, default, CancellationToken.None);
        var removed = await endpoints.RetryTokenAsync(host.AccountId);

        Assert.Equal([404, 409, 502, 503, 409], new[] { unknown, longLived, wrong, away, removed }.Select(answer => answer.StatusCode));
    }

    private async Task<CoreHost> RefusedAsync()
    {
        var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Kommo.RevokeAllTokens();
        await Assert.ThrowsAsync<KommoGrantRejectedException>(() => RefreshAsync(host.Process, host));
        Assert.Equal(AccountState.NeedsAuthorization, (await host.ReadAccountAsync())!.State);
        return host;
    }

    /// <summary>A process with one setting wrong; the secret is wrong for all that start from now on.</summary>
    private static async Task<CoreProcess> MistakenAsync(CoreHost host, string what)
    {
        if (what == "secret")
        {
            await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, "not the integration's secret");
            return host.StartProcess();
        }

        var right = host.Settings[$"KommoFunctions:{what}"];
        host.Settings[$"KommoFunctions:{what}"] = "https://elsewhere.example.com/callback";
        var process = host.StartProcess();
        host.Settings[$"KommoFunctions:{what}"] = right;
        return process;
    }

    private static Task<AccountTokens> RefreshAsync(CoreProcess process, CoreHost host) => process.Get<TokenRefresher>().RefreshAsync(
        host.AccountId, host.Kommo.BaseAddress, tokens => tokens.Generation == 1, CancellationToken.None);
}
