using System.Collections.Concurrent;
using Azure.Storage.Queues;

namespace KommoFunctions.Messaging;

/// <summary>Puts envelopes into the queues. Messages never expire: nothing is lost by waiting.</summary>
internal sealed class MessageQueues(QueueServiceClient service, CoreMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    /// <summary>The longest delay that the queue service keeps a message hidden for.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, QueueClient> _queues = new();

    /// <summary>Opens the connection to a queue, so that the first message need not wait for that.</summary>
    public async Task OpenAsync(string queue, CancellationToken cancellationToken) =>
        await _queues.GetOrAdd(queue, service.GetQueueClient).CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Puts a message back as it is: one that this version cannot read, or that is no envelope at all.</summary>
    public Task SendUnreadAsync(string queue, BinaryData message, CancellationToken cancellationToken, TimeSpan? delay = null) =>
        _queues.GetOrAdd(queue, service.GetQueueClient).SendMessageAsync(message, delay, NeverExpires, cancellationToken);

    public Task SendAsync(WorkQueue queue, Envelope envelope, CancellationToken cancellationToken, TimeSpan? delay = null) =>
        SendAsync(queue.Name, envelope, cancellationToken, delay);

    public async Task SendAsync(string queue, Envelope envelope, CancellationToken cancellationToken, TimeSpan? delay = null)
    {
        var hidden = delay is { } wait && wait > TimeSpan.Zero ? (wait < LongestDelay ? wait : LongestDelay) : (TimeSpan?)null;
        var message = envelope with { DueAt = time.GetUtcNow() + (hidden ?? TimeSpan.Zero) };
        await _queues.GetOrAdd(queue, service.GetQueueClient).SendMessageAsync(message.ToBinaryData(), hidden, NeverExpires, cancellationToken);
        if (hidden is null)
        {
            metrics.Queued(queue);
        }
    }
}
