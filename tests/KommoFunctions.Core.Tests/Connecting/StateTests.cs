using System.Security.Cryptography;
using CsCheck;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Intake;
using KommoFunctions.Maintenance;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Connecting;

/// <summary>Only the browser that began can come back, in time, and once.</summary>
public sealed class StateTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_state_that_is_replayed_is_refused_by_every_process()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var state = await browser.StartConnectingAsync();
        var cookies = browser.Cookies;
        await browser.ComeBackAsync(browser.Allow(state));

        var again = await browser.ComeBackAsync(browser.Allow(state) with { Cookies = cookies }, browser.Host.StartProcess());

        Assert.Equal((409, "This link was used already"), (again.StatusCode, Browser.Heading(again)));
        Assert.Single(browser.Host.Kommo.Tokens);
    }

    [Fact]
    public async Task Of_many_callbacks_at_once_with_one_state_one_is_taken()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var state = await browser.StartConnectingAsync();
        var callbacks = Enumerable.Range(0, 8).Select(_ => browser.Allow(state)).ToList();
        var processes = Enumerable.Range(0, 4).Select(_ => browser.Host.StartProcess()).ToList();

        var answers = await Task.WhenAll(callbacks.Select((callback, i) => processes[i % 4].Get<ConnectEndpoints>().FinishAsync(callback)));

        Assert.Equal([200, 409, 409, 409, 409, 409, 409, 409], answers.Select(answer => answer.StatusCode).Order());
        Assert.Single(browser.Host.Kommo.Tokens);
    }

    [Fact]
    public async Task A_callback_without_the_cookie_is_another_browsers()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var callback = browser.Allow(await browser.StartConnectingAsync()) with { Cookies = null };

        await IsRefusedAsync(browser, callback, "Please go on where you began");
    }

    [Fact]
    public async Task A_callback_with_the_cookie_of_another_try_is_another_browsers()
    {
        // An attacker begins, and has somebody else's browser, which began too, come back with the attacker's state.
        await using var browser = await Browser.StartAsync(azurite);
        var attackers = await browser.StartConnectingAsync();
        var cookie = browser.Cookies;
        var own = await browser.StartConnectingAsync();
        var secret = browser.Cookies.Split("; ").Single(pair => !cookie.Contains(pair, StringComparison.Ordinal)).Split('=')[1];

        await IsRefusedAsync(browser, browser.Allow(attackers) with { Cookies = $"{cookie.Split('=')[0]}={secret}" }, "Please go on where you began");
        Assert.NotEqual(own, attackers);
    }

    [Fact]
    public async Task Two_tabs_of_one_browser_do_not_disturb_each_other()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var first = await browser.StartConnectingAsync();
        var second = await browser.StartConnectingAsync();

        Assert.Equal(200, (await browser.ComeBackAsync(browser.Allow(second))).StatusCode);
        Assert.Equal(200, (await browser.ComeBackAsync(browser.Allow(first))).StatusCode);
    }

    [Fact]
    public async Task A_state_expires()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var browser = await Browser.StartAsync(azurite, o => o.Time = time);
        var state = await browser.StartConnectingAsync();
        time.Advance(TimeSpan.FromMinutes(10));

        await IsRefusedAsync(browser, browser.Allow(state), "That took too long");
    }

    [Fact]
    public async Task A_state_for_another_integration_is_forged()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var secret = ConnectCookie.NewSecret();
        var key = (await browser.Host.Process.Get<HookKeyRing>().GetOrCreateCurrentAsync(CancellationToken.None))!;
        var state = ConnectState.Create(secret, TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5));

        await IsRefusedAsync(browser, browser.Allow(state.Sign(key, "another")), "This link is not one of ours");
    }

    [Theory]
    [InlineData("made-up")]
    [InlineData(" ")]
    [InlineData("%00")]
    [InlineData("AQAAAABpAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_state_is_forged(string state)
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.StartConnectingAsync();

        await IsRefusedAsync(browser, browser.Allow(state), "This link is not one of ours");
    }

    [Fact]
    public void A_state_of_which_any_bit_is_changed_is_none()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var state = ConnectState.Create("secret", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        var signed = System.Buffers.Text.Base64Url.DecodeFromChars(state.Sign(key, "id"));
        for (var bit = 0; bit < signed.Length * 8; bit++)
        {
            signed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(ConnectState.TryRead(System.Buffers.Text.Base64Url.EncodeToString(signed), [key], "id", out _));
            signed[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(ConnectState.TryRead(System.Buffers.Text.Base64Url.EncodeToString(signed), [key], "id", out var read));
        Assert.Equal((state.Id, state.Expires, true, false), (read.Id, read.Expires, read.IsOf("secret"), read.IsOf("Secret")));
    }

    [Fact]
    public void No_text_at_all_is_a_state_or_an_exception() => Gen.String[0, 200].Sample(
        text => Assert.False(ConnectState.TryRead(text, [new byte[32]], "id", out _)), iter: 2_000);

    [Fact]
    public async Task A_state_outlives_a_change_of_the_root_key()
    {
        await using var browser = await Browser.StartAsync(azurite);
        var state = await browser.StartConnectingAsync();
        var vault = browser.Host.Process.Vault;
        await vault.SetSecretAsync(HookKeyRing.PreviousSecret, (await vault.GetSecretAsync(HookKeyRing.CurrentSecret)).Value.Value);
        await vault.SetSecretAsync(HookKeyRing.CurrentSecret, "the new root key");

        Assert.Equal(200, (await browser.ComeBackAsync(browser.Allow(state), browser.Host.StartProcess())).StatusCode);
    }

    [Fact]
    public async Task Beginning_writes_nothing_and_asks_the_vault_once_a_process()
    {
        await using var browser = await Browser.StartAsync(azurite);
        await browser.StartConnectingAsync();
        var before = browser.Host.Vault.Statistics.Total;

        await browser.StartConnectingAsync();

        Assert.Equal(before, browser.Host.Vault.Statistics.Total);
        Assert.Empty(await browser.Host.ReadTableAsync(TableNames.States));
    }

    [Fact]
    public async Task Maintenance_forgets_tries_that_have_expired_and_no_others()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var browser = await Browser.StartAsync(azurite, o => o.Time = time);
        var used = browser.Host.Process.Get<UsedStates>();
        Assert.True(await used.TryUseAsync(ConnectState.Create("secret", time.GetUtcNow() + TimeSpan.FromMinutes(10)), CancellationToken.None));
        await browser.Host.Process.Get<Maintainer>().RunAsync();
        Assert.Single(await browser.Host.ReadTableAsync(TableNames.States));

        time.Advance(TimeSpan.FromHours(2));
        await browser.Host.Process.Get<Maintainer>().RunAsync();

        Assert.Empty(await browser.Host.ReadTableAsync(TableNames.States));
    }

    [Fact]
    public async Task An_install_from_kommo_needs_the_option()
    {
        await using var browser = await Browser.StartAsync(azurite);

        await IsRefusedAsync(browser, browser.Allow(null), "One more step");
    }

    [Fact]
    public async Task An_install_from_kommo_connects_where_that_is_allowed()
    {
        await using var browser = await Browser.StartAsync(azurite, o => o.Settings["Connect:AllowInstallFromKommo"] = "true");

        var answer = await browser.ComeBackAsync(browser.Allow(null));

        Assert.Equal((200, AccountState.Active), (answer.StatusCode, (await browser.Host.ReadAccountAsync())!.State));
    }

    [Fact]
    public async Task The_option_does_not_let_a_forged_state_pass()
    {
        await using var browser = await Browser.StartAsync(azurite, o => o.Settings["Connect:AllowInstallFromKommo"] = "true");

        await IsRefusedAsync(browser, browser.Allow("made-up"), "This link is not one of ours");
    }

    private static async Task IsRefusedAsync(Browser browser, ConnectCallback callback, string heading)
    {
        var answer = await browser.ComeBackAsync(callback);

        Assert.Equal((400, heading), (answer.StatusCode, Browser.Heading(answer)));
        Assert.Empty(browser.Host.Kommo.Tokens);
        Assert.False(await browser.IsConnectedAsync());
    }
}
