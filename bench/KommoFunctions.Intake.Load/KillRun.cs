using System.Collections.Concurrent;
using System.Globalization;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Messaging;

namespace KommoFunctions.Intake.Load;

/// <summary>Posts hooks without a pause, kills the host at random moments, and then looks which of the acknowledged hooks are in the queue.</summary>
internal sealed class KillRun(Surroundings surroundings, HttpClient http)
{
    private const int Connections = 8;
    private const int Bytes = 600;

    private static readonly TimeProvider Time = TimeProvider.System;
    /// <summary>As far away as Azure's storage is, so that a kill meets writes that were sent and have not arrived.</summary>
    private static readonly StorageLatency OnTheWay = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20));

    private static readonly TimeSpan WhileDown = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<long, bool> _acknowledged = new();
    private long _sent;
    private long _failed;

    public static async Task<KillResult> RunAsync(int kills, TextWriter progress, CancellationToken cancellationToken)
    {
        await using var surroundings = await Surroundings.StartAsync(OnTheWay, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
        return await new KillRun(surroundings, http).RunCoreAsync(kills, progress, cancellationToken);
    }

    private async Task<KillResult> RunCoreAsync(int kills, TextWriter progress, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clients = Enumerable.Range(0, Connections).Select(_ => PostAsync(ended.Token)).ToList();
        for (var kill = 1; kill <= kills; kill++)
        {
            await using var host = HostProcess.Start(surroundings.Port, surroundings.Settings);
            await host.WaitUntilReadyAsync(cancellationToken);
            await WaitForAcknowledgementsAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(300)), Time, cancellationToken);
            await host.KillAsync();
            progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Kill {kill} of {kills}: {_acknowledged.Count:N0} hooks acknowledged, {Interlocked.Read(ref _failed):N0} requests broken off or refused"));
        }

        await ended.CancelAsync();
        await Task.WhenAll(clients);
        var queued = await ReadQueuesAsync(cancellationToken);
        return new KillResult(
            kills, _acknowledged.Count, Interlocked.Read(ref _failed), queued.Count, _acknowledged.Keys.Count(lead => !queued.Contains(lead)));
    }

    /// <summary>Each life of the host takes some hooks in before it ends, however slow the machine is.</summary>
    private async Task WaitForAcknowledgementsAsync(CancellationToken cancellationToken)
    {
        var before = _acknowledged.Count;
        while (_acknowledged.Count < before + Connections)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), Time, cancellationToken);
        }
    }

    private async Task PostAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var lead = Interlocked.Increment(ref _sent);
            try
            {
                await Turn.PostAsync(http, surroundings.Hook, HookBody.Of(lead, Bytes), CancellationToken.None);
                _acknowledged[lead] = true;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                // Not acknowledged: it may be in the queue or not. Kommo would send it again.
                Interlocked.Increment(ref _failed);
                await Task.Delay(WhileDown, Time, CancellationToken.None);
            }
        }
    }

    /// <summary>Such an account is a busy one, whose hooks go into the second queue beyond its share.</summary>
    private async Task<HashSet<long>> ReadQueuesAsync(CancellationToken cancellationToken)
    {
        var leads = new HashSet<long>();
        foreach (var queue in new[] { QueueNames.Hooks, QueueNames.BusyHooks }.Select(surroundings.Queue))
        {
            while (await queue.ReceiveMessagesAsync(32, TimeSpan.FromHours(1), cancellationToken) is { Value: { Length: > 0 } messages })
            {
                leads.UnionWith(messages.Select(message => HookBody.LeadOf(Envelope.Parse(message.Body).Content.Value)));
            }
        }

        return leads;
    }
}
