using System.Net.Security;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Receiver;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Limiting;

/// <summary>What Kommo sees: never an eighth arrival in any second.</summary>
public sealed class ReceiverTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task No_second_sees_an_eighth_request_after_a_token_was_waited_for()
    {
        await using var host = await StartAsync(o => o.Kommo = kommo => kommo.TokensIssued = _ => Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System));
        await host.ConnectAsync(life: TimeSpan.Zero);
        var process = host.StartProcess();

        await CallAsync(process, host.AccountId, 24);

        Assert.InRange(host.Kommo.GetStatistics().BusiestWindow, 1, 7);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(100)]
    [InlineData(2000)]
    public async Task No_second_sees_an_eighth_request_after_the_vault_was_slow(int milliseconds)
    {
        Uri? vault = null;
        await using var host = await StartAsync(o => o.Handlers = builder =>
        {
            if (vault is not null)
            {
                builder.Services.AddSingleton(SlowVault(vault, TimeSpan.FromMilliseconds(milliseconds)));
            }
        });
        vault = host.Vault.Uri;
        var process = host.StartProcess();

        await CallAsync(process, host.AccountId, 24);

        Assert.InRange(host.Kommo.GetStatistics().BusiestWindow, 1, 7);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(400)]
    public async Task No_second_sees_an_eighth_request_when_connections_are_new(int handshakeMilliseconds)
    {
        await using var host = await StartAsync();
        await using var receiver = new TlsReceiver { Handshake = TimeSpan.FromMilliseconds(handshakeMilliseconds) };
        await receiver.WarmUpAsync(CancellationToken.None);
        await host.ConnectAsync(address: receiver.Address);
        var process = host.StartProcess();
        process.Get<KommoTransport>().Handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is { Subject: "CN=localhost" };
        await (await process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None)).Tokens.GetAsync(CancellationToken.None);

        await CallAsync(process, host.AccountId, 21);

        var seen = receiver.Arrivals.Summarize();
        output.WriteLine($"busiest second {seen.Busiest}, {seen.Rate:0.00} a second");
        Assert.Equal(21, seen.Count);
        Assert.InRange(seen.Busiest, 1, 7);
    }

    /// <summary>The short form of the runs in <c>bench/KommoFunctions.Receiver</c>, with real processes.</summary>
    [Fact(Timeout = Timeout)]
    public async Task No_second_sees_an_eighth_request_of_two_cold_processes_whose_connections_are_slow_and_break()
    {
        await using var environment = await BenchEnvironment.StartAsync(azurite.ConnectionString, CancellationToken.None);

        var result = await ScenarioRun.RunAsync(environment, Scenario.Short, TimeSpan.FromSeconds(6), CancellationToken.None);

        output.WriteLine($"{result}");
        // How many there are is for the bench: a machine that is busy with other tests may grant few in time.
        Assert.InRange(result.Busiest, 1, 7);
    }

    [Fact]
    public void Every_two_circumstances_meet_in_the_runs()
    {
        var runs = Scenario.Pairwise();

        Assert.InRange(runs.Count, 12, 20);
        Assert.Equal(12, runs.Select(run => (run.HandshakeMilliseconds, run.VaultMilliseconds)).Distinct().Count());
        Assert.Equal(6, runs.Select(run => (run.Processes, run.Starved)).Distinct().Count());
    }

    private Task<CoreHost> StartAsync(Action<CoreHostOptions>? configure = null) => CoreHost.StartAsync(azurite, o =>
    {
        o.Settings["Limit:RequestsPerSecond"] = "7";
        o.Settings["Limit:ArrivalJitter"] = "00:00:00.050";
        configure?.Invoke(o);
    });

    private static async Task CallAsync(CoreProcess process, long accountId, int calls)
    {
        var session = await process.Get<AccountSessions>().GetAsync(accountId, CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => session.Kommo.Account.GetAsync()));
    }

    private static SecretClient SlowVault(Uri uri, TimeSpan by) => new(
        uri,
        DelegatedTokenCredential.Create((_, _) => new AccessToken("emulator", DateTimeOffset.MaxValue)),
        new SecretClientOptions
        {
            DisableChallengeResourceVerification = true,
            Transport = new HttpClientTransport(new HttpClient(new SlowHandler(by)
            {
                InnerHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable } },
            })),
        });

    private sealed class SlowHandler(TimeSpan by) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(by, TimeProvider.System, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
