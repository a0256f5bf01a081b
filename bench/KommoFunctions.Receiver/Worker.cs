using System.Diagnostics;
using System.Net.Security;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Receiver;

/// <summary>One instance of the app: calls Kommo for the account, the way that functions do.</summary>
internal static class Worker
{
    public const string Ready = "ready";

    private const int Callers = 24;
    private const int Burst = 21;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);
    private static readonly TokenCredential Credential = DelegatedTokenCredential.Create((_, _) => new AccessToken("emulator", DateTimeOffset.MaxValue));

    public static async Task<int> RunAsync(WorkerPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Scenario.Starved)
        {
            Starve();
        }

        await using var provider = Services(plan);
        provider.GetRequiredService<KommoTransport>().Handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is { Subject: "CN=localhost" };
        var sessions = provider.GetRequiredService<AccountSessions>();
        if (plan.Scenario.Warm)
        {
            await WarmUpAsync(sessions, cancellationToken);
        }

        Console.WriteLine(Ready);
        if (await Console.In.ReadLineAsync(cancellationToken) is null)
        {
            return 1; // Whoever started this is gone.
        }

        var tally = new WorkerTally();
        using var end = new CancellationTokenSource(plan.Duration, TimeProvider.System);
        var share = (int)Math.Ceiling((plan.Scenario.Bursts ? Burst : Callers) / (double)plan.Scenario.Processes);
        await Task.WhenAll(Enumerable.Range(0, share).Select(_ => LoopAsync(sessions, plan, tally, end.Token)));
        Console.WriteLine(JsonSerializer.Serialize(tally));
        return 0;
    }

    /// <summary>Two answered calls, however long they take: all processes of a run ask at once.</summary>
    private static async Task WarmUpAsync(AccountSessions sessions, CancellationToken cancellationToken)
    {
        for (var answered = 0; answered < 2;)
        {
            try
            {
                await CallAsync(sessions, cancellationToken);
                answered++;
            }
            catch (KommoException e) when (e is KommoPermitUnavailableException or KommoConnectionException)
            {
                await Task.Delay(e.RetryAfter is { } wait && wait < LongestRest ? wait : LongestRest, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task LoopAsync(AccountSessions sessions, WorkerPlan plan, WorkerTally tally, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var rest = plan.Scenario.Bursts ? Quiet : TimeSpan.Zero;
            try
            {
                await CallAsync(sessions, CancellationToken.None);
                tally.Done();
            }
            catch (KommoPermitUnavailableException e)
            {
                tally.Refused();
                rest = e.RetryAfter is { } wait && wait < LongestRest ? wait : LongestRest;
            }
            catch (KommoConnectionException)
            {
                tally.Lost();
            }

            await Task.Delay(rest, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task CallAsync(AccountSessions sessions, CancellationToken cancellationToken)
    {
        var session = await sessions.GetAsync(BenchEnvironment.AccountId, cancellationToken);
        await session.Kommo.Account.GetAsync(cancellationToken: cancellationToken);
    }

    private static ServiceProvider Services(WorkerPlan plan)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new WrongTime(plan.ClockError));
        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(plan.Settings).Build());
        if (plan.Scenario.VaultMilliseconds > 0)
        {
            services.AddSingleton(SlowVault(new Uri(plan.Settings["KommoFunctions:KeyVault:Uri"]!), plan.Scenario.VaultMilliseconds));
        }

        return services.BuildServiceProvider();
    }

    private static SecretClient SlowVault(Uri uri, int milliseconds) => new(uri, Credential, new SecretClientOptions
    {
        DisableChallengeResourceVerification = true,
        Transport = new HttpClientTransport(new HttpClient(new SlowHandler(TimeSpan.FromMilliseconds(milliseconds))
        {
            InnerHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable } },
        })),
    });

    /// <summary>At a lower priority, so that what is measured stays true: in reality the receiver is another machine.</summary>
    private static void Starve()
    {
        using var self = Process.GetCurrentProcess();
        self.PriorityClass = ProcessPriorityClass.BelowNormal;
        for (var processor = 0; processor < Environment.ProcessorCount; processor++)
        {
            new Thread(Compute) { IsBackground = true }.Start();
        }
    }

    private static void Compute()
    {
        while (true)
        {
            Thread.SpinWait(1_000_000);
        }
    }

    private sealed class SlowHandler(TimeSpan by) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(by, TimeProvider.System, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>The wall clock is wrong; time passes as ever.</summary>
    private sealed class WrongTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

/// <summary>What a worker is told.</summary>
/// <param name="Scenario">What goes on.</param>
/// <param name="Settings">The app's settings.</param>
/// <param name="ClockError">How wrong its clock is.</param>
/// <param name="Duration">How long it begins calls.</param>
internal sealed record WorkerPlan(Scenario Scenario, IReadOnlyDictionary<string, string?> Settings, TimeSpan ClockError, TimeSpan Duration);
