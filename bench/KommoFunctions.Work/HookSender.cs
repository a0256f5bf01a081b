using System.Net.Http.Headers;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Bench;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Work;

/// <summary>Posts the hooks on an account's leads, as fast as the app takes them.</summary>
internal sealed class HookSender(BenchSurroundings surroundings, IReadOnlyList<Uri> processes) : IDisposable
{
    private const int Connections = 8;

    private static readonly TimeSpan BeforeRepeating = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Connections }) { Timeout = TimeSpan.FromSeconds(30) };
    private int _turn;

    /// <summary>Ends when the app has acknowledged all of them; what it refuses is repeated, as Kommo does.</summary>
    /// <returns>How many hooks there were.</returns>
    public async Task<int> SendAsync(KommoSimulator account, IEnumerable<SimulatedLead> leads, int leadsPerHook, CancellationToken cancellationToken)
    {
        var address = await surroundings.Services.GetRequiredService<HookSubscriptions>().AddressOfAsync(account.Options.AccountId, cancellationToken);
        var hooks = leads.Chunk(leadsPerHook).ToList();
        await Parallel.ForEachAsync(
            hooks,
            new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken },
            async (hook, token) => await PostAsync(address.PathAndQuery, LeadHook.Of(account, hook), token));
        return hooks.Count;
    }

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var process = processes[(int)((uint)Interlocked.Increment(ref _turn) % processes.Count)];
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } };
            using var response = await _http.PostAsync(new Uri(process, path), content, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(BeforeRepeating, TimeProvider.System, cancellationToken);
        }
    }
}
