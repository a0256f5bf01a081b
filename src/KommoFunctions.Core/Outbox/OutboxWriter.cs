using System.Globalization;
using KommoFunctions.Handling;
using KommoFunctions.Messaging;

namespace KommoFunctions.Outbox;

/// <summary>Stores what the handlers of an event send, then rings the dispatcher's bell.</summary>
internal sealed class OutboxWriter(OutboxStore store, Lanes lanes, MessageQueues queues, CoreMetrics metrics)
{
    public async Task StoreAsync(EventContext context, CancellationToken cancellationToken)
    {
        if (context.Commands.Count == 0)
        {
            return;
        }

        await Task.WhenAll(context.Commands.Select((command, position) =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{context.ReceivedAt.UtcTicks:D19}-{context.EventId}-{position:D3}");
            var pending = new PendingCommand(id, lanes[command.Lane].Write(command), context.ReceivedAt);
            metrics.Commands(command.Lane, "stored", 1);
            return store.AddAsync(new LaneKey(context.AccountId, command.Lane), pending, cancellationToken);
        }));
        await RingAsync(context.AccountId, context.EventId, context.ReceivedAt, context.Commands.Select(c => c.Lane).Distinct(), cancellationToken);
    }

    /// <summary>Tells the dispatcher that commands wait in these lanes of the account.</summary>
    public Task RingAsync(
        long accountId, string eventId, DateTimeOffset receivedAt, IEnumerable<string> laneNames, CancellationToken cancellationToken) =>
        queues.SendAsync(
            QueueNames.Dispatch,
            new Envelope
            {
                Id = eventId,
                AccountId = accountId,
                ReceivedAt = receivedAt,
                Content = Content.FromText(string.Join(' ', laneNames)),
            },
            cancellationToken);
}
