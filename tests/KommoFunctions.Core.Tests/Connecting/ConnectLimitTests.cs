using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Web;
using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Limiting;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Connecting;

/// <summary>Anybody can call the connect pages, with any host under Kommo's domains: he must not be able to spend what is not his.</summary>
public sealed class ConnectLimitTests(AzuriteFixture azurite)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Callbacks_with_many_hosts_send_no_more_than_seven_requests_in_any_second_and_leave_nothing()
    {
        await using var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Connected = false;
            o.Settings["Connect:AllowLoopback"] = "true";
            o.Settings["Limit:RequestsPerSecond"] = "7";
            o.Settings["Limit:ArrivalJitter"] = "00:00:00.050";
            o.Settings["Limit:LongestWait"] = "00:00:03";
        });
        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, CoreHost.ClientSecret);
        await using var strangers = new Strangers(60);
        var pages = host.Process.Get<ConnectEndpoints>();
        var tries = new List<ConnectCallback>();
        foreach (var authority in strangers.Authorities)
        {
            tries.Add(await CallbackAsync(pages, authority));
        }

        var answers = await Task.WhenAll(tries.Select(callback => pages.FinishAsync(callback)));

        var arrivals = strangers.Arrivals;
        var busiest = arrivals.Max(first => arrivals.Count(at => at >= first && TimeProvider.System.GetElapsedTime(first, at) < TimeSpan.FromSeconds(1)));
        Assert.InRange(busiest, 1, 7);
        Assert.Contains(answers, answer => answer.StatusCode == 503);
        Assert.DoesNotContain(await host.ReadTableAsync(TableNames.Limits), row => row.PartitionKey == "host");
        Assert.InRange((await host.ReadTableAsync(TableNames.States)).Count, 1, 20);
    }

    [Fact(Timeout = Timeout)]
    public async Task Callbacks_at_an_account_s_host_leave_the_account_most_of_its_rate_and_stay_within_it()
    {
        await using var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Settings["Connect:AllowLoopback"] = "true";
            o.Settings["Limit:RequestsPerSecond"] = "7";
            o.Settings["Limit:ArrivalJitter"] = "00:00:00.050";
            o.Settings["Limit:LongestWait"] = "00:00:05";
            o.Kommo = kommo => kommo.UseLoopbackHosts = true;
        });
        var session = await host.Process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        await session.Kommo.Account.GetAsync();
        var pages = host.StartProcess().Get<ConnectEndpoints>();
        using var end = new CancellationTokenSource();
        var attack = Enumerable.Range(0, 60).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await pages.FinishAsync(await CallbackAsync(pages, host.Kommo.BaseAddress.Authority));
            }
        })).ToList();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);

        var done = 0;
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(10);)
        {
            try
            {
                await session.Kommo.Account.GetAsync();
                done++;
            }
            catch (KommoPermitUnavailableException)
            {
                // Counts as a request that was not made.
            }
        }

        await end.CancelAsync();
        await Task.WhenAll(attack);
        Assert.InRange(done, 35, 70); // alone it makes 66
        Assert.InRange(host.Kommo.GetStatistics().BusiestWindow, 1, 7);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_request_that_connects_an_account_counts_for_it()
    {
        await using var host = await CoreHost.StartAsync(azurite, o =>
        {
            o.Connected = false;
            o.Settings["Connect:AllowLoopback"] = "true";
            o.Settings["Limit:RequestsPerSecond"] = "7";
            o.Settings["Limit:ArrivalJitter"] = "00:00:00.050";
            o.Kommo = kommo => kommo.UseLoopbackHosts = true;
        });
        await host.Process.Vault.SetSecretAsync(IntegrationSecret.Name, CoreHost.ClientSecret);

        await host.Process.Get<AccountConnector>().ConnectAsync(host.Kommo.BaseAddress, host.Kommo.Authorize().Code);
        var session = await host.Process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => session.Kommo.Account.GetAsync()));

        Assert.InRange(host.Kommo.GetStatistics().BusiestWindow, 1, 7);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_storage_has_of_a_host_is_deleted_when_no_account_is_connected_there()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var session = await host.Process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        await session.Kommo.Account.GetAsync();
        var limiters = host.Process.Get<AccountLimiters>();
        var later = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1);

        Assert.Equal(0, await limiters.ForgetAsync(later, CancellationToken.None));
        await host.Process.Get<AccountStore>().SetUninstalledAsync(host.AccountId, later, CancellationToken.None);
        Assert.Equal(0, await limiters.ForgetAsync(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1), CancellationToken.None));
        Assert.NotEqual(0, await limiters.ForgetAsync(later, CancellationToken.None));

        Assert.DoesNotContain(await host.ReadTableAsync(TableNames.Limits), row => row.PartitionKey == "host");
    }

    private static async Task<ConnectCallback> CallbackAsync(ConnectEndpoints pages, string authority)
    {
        var start = await pages.StartAsync();
        return new ConnectCallback
        {
            Code = "anything",
            State = HttpUtility.ParseQueryString(new Uri(start.Headers["Location"]).Query)["state"],
            Referer = authority,
            Cookies = start.Headers["Set-Cookie"].Split(';')[0],
        };
    }

    /// <summary>Hosts of somebody's choice, which refuse every code.</summary>
    private sealed class Strangers : IAsyncDisposable
    {
        private const string Problem = """{"title":"Bad Request","hint":"no such code"}""";

        private static readonly byte[] Answer = Encoding.Latin1.GetBytes(
            $"HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: {Problem.Length}\r\nConnection: close\r\n\r\n{Problem}");

        private readonly ConcurrentQueue<long> _arrivals = new();
        private readonly CancellationTokenSource _end = new();
        private readonly List<TcpListener> _listeners = [];
        private readonly List<Task> _serving = [];

        public Strangers(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                _listeners.Add(listener);
                _serving.Add(ServeAsync(listener));
            }
        }

        public IEnumerable<string> Authorities => _listeners.Select(listener => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        public IReadOnlyList<long> Arrivals => [.. _arrivals];

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await Task.WhenAll(_serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _listeners.ForEach(listener => listener.Stop());
            _end.Dispose();
        }

        private async Task ServeAsync(TcpListener listener)
        {
            var buffer = new byte[16 * 1024];
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(_end.Token);
                if (await client.GetStream().ReadAsync(buffer, _end.Token) > 0)
                {
                    _arrivals.Enqueue(TimeProvider.System.GetTimestamp());
                    await client.GetStream().WriteAsync(Answer, _end.Token);
                }
            }
        }
    }
}
