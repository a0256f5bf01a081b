using System.Diagnostics.Metrics;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Tokens;

/// <summary>The versions of an account's secret, and the metrics.</summary>
public sealed class VersionTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Only_the_newest_version_is_enabled_after_some_refreshes()
    {
        await using var host = await CoreHost.StartAsync(azurite);

        for (var i = 0; i < 3; i++)
        {
            await RefreshAsync(host);
        }

        var versions = await VersionsAsync(host);
        Assert.Equal([false, false, false, true], versions.OrderBy(version => version.Generation).Select(version => version.Enabled));
        Assert.Equal("4", versions.Single(version => version.Enabled).Generation);
    }

    [Fact]
    public async Task An_old_version_that_cannot_be_disabled_loses_nothing_and_is_disabled_later()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await RefreshAsync(host);
        host.Vault.FailNext(new KeyVaultFault { Operation = KeyVaultOperation.Update, StatusCode = 403 });
        await RefreshAsync(host);
        Assert.Equal(2, (await VersionsAsync(host)).Count(version => version.Enabled));

        await RefreshAsync(host);

        Assert.Single(await VersionsAsync(host), version => version.Enabled);
    }

    [Fact]
    public async Task A_second_version_of_one_pair_is_found_and_disabled_when_versions_are_counted()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        host.Vault.FailNext(new KeyVaultFault { Operation = KeyVaultOperation.Set, StatusCode = null, AfterActing = true });
        await RefreshAsync(host);
        await NextSecondAsync();
        await RefreshAsync(host);
        Assert.Equal(2, (await VersionsAsync(host)).Count(version => version.Enabled));

        await host.Process.Get<TokenVault>().SweepAsync(host.AccountId, (await TokenScenario.ReadAsync(host))!.Order, CancellationToken.None);

        Assert.Equal("3", Assert.Single(await VersionsAsync(host), version => version.Enabled).Generation);
    }

    [Fact]
    public async Task An_older_pair_that_came_late_stays_on_top_when_versions_are_counted_and_the_newest_is_what_is_read()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var old = (await TokenScenario.ReadAsync(host))!;
        await RefreshAsync(host);
        var newest = (await TokenScenario.ReadAsync(host))!;
        await NextSecondAsync();
        await host.Process.Get<TokenVault>().SetAsync(host.AccountId, old, CancellationToken.None);

        await host.Process.Get<TokenVault>().SweepAsync(host.AccountId, newest.Order, CancellationToken.None);

        Assert.Equal(["1", "2"], (await VersionsAsync(host)).Where(version => version.Enabled).Select(version => version.Generation).Order());
        Assert.Equal(newest, await TokenScenario.ReadAsync(host));
    }

    [Fact]
    public async Task The_newest_pair_is_read_though_somebody_has_disabled_the_version_on_top()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var old = (await TokenScenario.ReadAsync(host))!;
        await RefreshAsync(host);
        var newest = (await TokenScenario.ReadAsync(host))!;
        var top = await host.Process.Get<TokenVault>().SetAsync(host.AccountId, old, CancellationToken.None);

        await host.Process.Get<TokenVault>().DisableAsync(host.AccountId, top, CancellationToken.None);

        Assert.Equal(newest, await TokenScenario.ReadAsync(host));
        await TokenScenario.AssertConnectedAsync(host, host.StartProcess());
    }

    [Fact]
    public async Task Many_versions_are_told_of_long_before_backups_break()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var tokens = (await TokenScenario.ReadAsync(host))!;
        await Parallel.ForAsync(0, 350, async (_, token) => await host.Process.Get<TokenVault>().SetAsync(host.AccountId, tokens, token));

        await RefreshAsync(host);

        Assert.Contains(host.Process.Logs.GetSnapshot(), record => record.Message.Contains("352 versions", StringComparison.Ordinal));
        Assert.Equal(352, host.Process.Get<TokenHealth>().MostVersions);
    }

    [Fact]
    public async Task The_metrics_tell_states_and_what_is_left_of_a_tokens_life()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.ConnectAsync(life: TimeSpan.FromHours(20), accountId: 2);
        var seen = new List<(string Name, double Value, string Tag)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == CoreMetrics.MeterName && ReferenceEquals(instrument.Meter, host.Process.Get<IMeterFactory>().Create(CoreMetrics.MeterName)))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Add((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add((instrument.Name, value, Text(tags))));
        await host.Process.Get<TokenRefresher>().RefreshDueAsync();
        listener.Start();

        listener.RecordObservableInstruments();

        Assert.Contains(("kommo.accounts", 2d, "Active"), seen);
        Assert.Contains(("kommo.accounts", 0d, "NeedsAuthorization"), seen);
        Assert.InRange(Assert.Single(seen, m => m.Name == "kommo.token.life.shortest").Value, 19.9 * 3600, 20 * 3600);
        Assert.Equal(["2", $"{host.AccountId}"], seen.Where(m => m.Name == "kommo.token.life").Select(m => m.Tag));
    }

    /// <summary>The vault's times are whole seconds.</summary>
    private static Task NextSecondAsync() => Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System);

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.IsEmpty ? string.Empty : $"{tags[0].Value}";

    private static async Task RefreshAsync(CoreHost host)
    {
        var known = (await TokenScenario.ReadAsync(host))!.Generation;
        await host.Process.Get<TokenRefresher>().RefreshAsync(
            host.AccountId, host.Kommo.BaseAddress, tokens => tokens.Generation == known, CancellationToken.None);
    }

    private static async Task<List<(string Generation, bool Enabled)>> VersionsAsync(CoreHost host)
    {
        var versions = new List<(string, bool)>();
        await foreach (var properties in host.Process.Vault.GetPropertiesOfSecretVersionsAsync(TokenVault.NameOf(host.AccountId)))
        {
            versions.Add((properties.Tags["generation"], properties.Enabled == true));
        }

        return versions;
    }
}
