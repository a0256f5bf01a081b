using Kommo.OAuth;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Tokens;

public sealed class TokenTests(AzuriteFixture azurite)
{
    private const string TokenRoute = "POST /oauth2/access_token";

    [Fact]
    public async Task The_vault_is_read_at_the_first_call_and_never_again()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var process = host.StartProcess();
        var before = host.Vault.Statistics[KeyVaultOperation.Get];

        await CallAsync(process, host);
        await CallAsync(process, host);
        await CallAsync(process, host);

        Assert.Equal(before + 1, host.Vault.Statistics[KeyVaultOperation.Get]);
    }

    [Fact]
    public async Task An_expired_token_is_refreshed_before_it_is_used()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        var before = host.Kommo.GetStatistics().Requests;

        await CallAsync(host.Process, host);

        Assert.Equal((1, before + 2), (host.Kommo.GetStatistics().TokenRequests, host.Kommo.GetStatistics().Requests));
        Assert.Equal(2, (await ReadTokensAsync(host))!.Generation);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Eight_processes_with_a_token_that_works_no_more_make_one_token_request(bool refusedByKommo)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await ConnectWithDeadTokenAsync(host, refusedByKommo);
        var processes = Enumerable.Range(0, 8).Select(_ => host.StartProcess()).ToList();

        await Task.WhenAll(processes.Select(process => CallAsync(process, host)));

        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task Many_calls_of_one_process_make_one_token_request()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await ConnectWithDeadTokenAsync(host, refusedByKommo: true);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync(host.Process, host)));

        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task A_token_that_another_process_refreshed_is_taken_over()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var other = host.StartProcess();
        await CallAsync(other, host);
        await ConnectWithDeadTokenAsync(host, refusedByKommo: false);
        await CallAsync(host.Process, host);

        await CallAsync(other, host);

        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task A_refused_grant_marks_the_account_as_needing_authorization()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Kommo.RevokeAllTokens();

        await Assert.ThrowsAsync<KommoGrantRejectedException>(() => CallAsync(host.Process, host));

        Assert.Equal(AccountState.NeedsAuthorization, (await host.ReadAccountAsync())!.State);
    }

    [Fact]
    public async Task A_lost_answer_of_the_token_endpoint_is_asked_for_again_with_the_old_token()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var tokens = await host.ConnectAsync(life: TimeSpan.Zero);
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, TokenRoute));

        await CallAsync(host.Process, host);

        Assert.Equal(2, host.Kommo.GetStatistics().TokenRequests);
        Assert.Equal(2, host.Kommo.Tokens.Count(pair => pair.ExchangedFor == tokens.RefreshToken));
    }

    [Fact]
    public async Task A_pair_is_stored_although_the_vault_fails_some_times()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Vault.FailNext(new KeyVaultFault { Operation = KeyVaultOperation.Set, StatusCode = 403, Times = 3 });

        await CallAsync(host.Process, host);

        var stored = (await ReadTokensAsync(host))!;
        Assert.Equal(host.Kommo.Tokens[^1].RefreshToken, stored.RefreshToken);
    }

    [Fact]
    public async Task A_pair_is_in_the_vault_before_anybody_uses_it()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Vault.FailNext(new KeyVaultFault { Operation = KeyVaultOperation.Set, StatusCode = 403, Times = 3 });
        var call = CallAsync(host.Process, host);

        await Eventually.HoldsAsync(() => Task.FromResult(host.Kommo.Tokens.Count == 3));
        Assert.False(host.Kommo.Tokens[^1].IsUsed && (await ReadTokensAsync(host))!.Generation == 1);

        await call;
        Assert.True(host.Kommo.Tokens[^1].IsUsed);
    }

    [Fact]
    public async Task A_long_lived_token_is_never_refreshed()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Kommo = k => k.LongLivedToken = "a-long-lived-token");
        await host.ConnectAsync(longLived: "a-long-lived-token", life: TimeSpan.FromDays(1000));

        await host.Process.Get<TokenRefresher>().RefreshDueAsync();
        await CallAsync(host.Process, host);

        Assert.Equal(0, host.Kommo.GetStatistics().TokenRequests);
    }

    [Fact]
    public async Task The_timer_refreshes_what_is_due()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.FromMinutes(10));

        await host.Process.Get<TokenRefresher>().RefreshDueAsync();

        Assert.Equal(2, (await ReadTokensAsync(host))!.Generation);
        Assert.True((await host.ReadAccountAsync())!.RefreshDueAt > TimeProvider.System.GetUtcNow().AddHours(10));
    }

    [Fact]
    public async Task The_timer_leaves_alone_what_is_not_due()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var before = host.Vault.Statistics.Total;

        await host.Process.Get<TokenRefresher>().RefreshDueAsync();

        Assert.Equal(0, host.Kommo.GetStatistics().TokenRequests);
        Assert.Equal(before, host.Vault.Statistics.Total);
    }

    [Fact]
    public async Task Two_timers_at_once_refresh_once()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.FromMinutes(10));

        await Task.WhenAll(
            host.Process.Get<TokenRefresher>().RefreshDueAsync(), host.StartProcess().Get<TokenRefresher>().RefreshDueAsync());

        Assert.Equal(1, host.Kommo.GetStatistics().TokenRequests);
    }

    [Theory]
    [InlineData("no secret in the vault")]
    [InlineData("a refused grant")]
    public async Task An_account_that_fails_does_not_stop_another(string failure)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Tokens:Parallelism"] = "1");
        await host.ConnectAsync(life: TimeSpan.FromMinutes(10));
        await host.ConnectAsync(life: TimeSpan.FromMinutes(10), accountId: 2);
        if (failure == "no secret in the vault")
        {
            await (await host.Process.Vault.StartDeleteSecretAsync("kommo-account-2")).WaitForCompletionAsync();
        }
        else
        {
            var tokens = await host.Process.Get<TokenVault>().ReadAsync(2, CancellationToken.None);
            await host.Process.Get<TokenVault>().StoreAsync(2, tokens! with { RefreshToken = "unknown to Kommo" }, TimeSpan.FromSeconds(10));
        }

        await host.Process.Get<TokenRefresher>().RefreshDueAsync();

        Assert.Equal(2, (await ReadTokensAsync(host))!.Generation);
    }

    [Fact]
    public async Task The_due_times_of_accounts_are_spread_and_never_late()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var now = TimeProvider.System.GetUtcNow();
        var tokens = new AccountTokens
        {
            AccessToken = "a",
            RefreshToken = "r",
            IssuedAt = now,
            ExpiresAt = now.AddDays(1),
            Generation = 1,
        };

        var due = Enumerable.Range(1, 96).Select(id => host.Process.Get<TokenRefresher>().DueAt(id, tokens)).ToList();

        Assert.Equal(96, due.Distinct().Count());
        Assert.All(due, time => Assert.InRange(time, now.AddHours(10), now.AddHours(12)));
    }

    [Fact]
    public async Task No_log_line_and_no_exception_holds_a_secret()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await ConnectWithDeadTokenAsync(host, refusedByKommo: true);
        await host.Process.PostHookAsync(Hooks.LeadAdded(1));
        host.Kommo.AddFault(new SimulatorFault(FaultKind.AnswerLost, TokenRoute));
        host.Vault.FailNext(new KeyVaultFault { Operation = KeyVaultOperation.Set, StatusCode = 403, Times = 2 });
        host.Script.Do = (_, context, token) => context.Kommo.Account.GetAsync(cancellationToken: token);
        await host.Process.SettleAsync();
        var first = await ReadTokensAsync(host);
        await host.ConnectAsync(life: TimeSpan.Zero);
        host.Kommo.RevokeAllTokens();
        await host.Process.Get<TokenRefresher>().RefreshDueAsync();
        var thrown = await Record.ExceptionAsync(() => CallAsync(host.StartProcess(), host));

        var key = await host.Process.Get<KommoFunctions.Intake.HookKeyRing>().GetOrCreateCurrentAsync(CancellationToken.None);
        string[] secrets =
        [
            CoreHost.ClientSecret,
            KommoFunctions.Intake.HookToken.Create(key, host.AccountId),
            System.Text.Encoding.UTF8.GetString(key),
            first!.AccessToken,
            .. host.Kommo.Tokens.SelectMany(pair => new[] { pair.AccessToken, pair.RefreshToken }),
        ];
        var texts = host.Process.Logs.GetSnapshot().Select(record => $"{record.Message} {record.Exception}").Append($"{thrown}").ToList();
        Assert.True(texts.Count > 5);
        Assert.All(secrets, secret => Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public void Tokens_as_text_tell_nothing()
    {
        var tokens = new AccountTokens { AccessToken = "abc", RefreshToken = "def", IssuedAt = default, ExpiresAt = default, Generation = 3 };

        Assert.DoesNotContain("abc", tokens.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("def", tokens.ToString(), StringComparison.Ordinal);
    }

    private static async Task CallAsync(CoreProcess process, CoreHost host)
    {
        var session = await process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        Assert.Equal(host.AccountId, (await session.Kommo.Account.GetAsync()).Id);
    }

    private static Task<AccountTokens?> ReadTokensAsync(CoreHost host) =>
        host.Process.Get<TokenVault>().ReadAsync(host.AccountId, CancellationToken.None);

    /// <summary>A pair whose refresh token works and whose access token is over by its time, or unknown to Kommo.</summary>
    private static async Task ConnectWithDeadTokenAsync(CoreHost host, bool refusedByKommo)
    {
        var tokens = await host.ConnectAsync(life: refusedByKommo ? null : TimeSpan.Zero);
        if (refusedByKommo)
        {
            await host.Process.Get<TokenVault>().StoreAsync(
                host.AccountId, tokens with { AccessToken = "an-access-token-unknown-to-kommo" }, TimeSpan.FromSeconds(10));
        }
    }
}
