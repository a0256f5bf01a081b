using System.Collections.Concurrent;
using System.Globalization;
using KommoFunctions.Handling;
using KommoFunctions.Messaging;

namespace KommoFunctions.Outbox;

/// <summary>
/// Stores what the handlers of an event send, then rings the dispatcher's bell. Events that are handled side by side share both: a lane's rows are written in one
/// request, and one bell tells of all of them.
/// </summary>
internal sealed class OutboxWriter(OutboxStore store, Lanes lanes, MessageQueues queues, CoreMetrics metrics)
{
    private readonly ConcurrentDictionary<LaneKey, GroupCommit<PendingCommand>> _rows = new();
    private readonly ConcurrentDictionary<long, GroupCommit<Bell>> _bells = new();

    public async Task StoreAsync(EventContext context, CancellationToken cancellationToken)
    {
        if (context.Commands.Count == 0)
        {
            return;
        }

        var commands = context.Commands.Select((command, position) => (Lane: new LaneKey(context.AccountId, command.Lane), Row: Pending(context, command, position))).ToList();
        foreach (var (_, row) in commands)
        {
            // Before any is among others', whose write it would fail.
            CommandText.Require(row.Json);
        }

        await Task.WhenAll(commands.GroupBy(command => command.Lane, command => command.Row).Select(lane => Rows(lane.Key).AddAsync(lane)))
            .WaitAsync(cancellationToken);
        foreach (var lane in commands.CountBy(command => command.Lane.Lane))
        {
            metrics.Commands(lane.Key, "stored", lane.Value);
        }

        await RingAsync(context.AccountId, context.EventId, context.ReceivedAt, context.Commands.Select(c => c.Lane).Distinct(), cancellationToken);
    }

    /// <summary>Tells the dispatcher that commands wait in these lanes of the account.</summary>
    public Task RingAsync(
        long accountId, string eventId, DateTimeOffset receivedAt, IEnumerable<string> laneNames, CancellationToken cancellationToken) =>
        _bells.GetOrAdd(accountId, id => new GroupCommit<Bell>(bells => RingAsync(id, bells)))
            .AddAsync(laneNames.Select(lane => new Bell(eventId, receivedAt, lane)))
            .WaitAsync(cancellationToken);

    private GroupCommit<PendingCommand> Rows(LaneKey lane) =>
        _rows.GetOrAdd(lane, key => new GroupCommit<PendingCommand>(rows => store.AddAsync(key, rows, CancellationToken.None)));

    private Task RingAsync(long accountId, IReadOnlyList<Bell> bells) => queues.SendAsync(
        WorkQueue.Dispatch,
        new Envelope
        {
            Id = bells[0].EventId,
            AccountId = accountId,
            ReceivedAt = bells[0].ReceivedAt,
            Content = Content.FromText(string.Join(' ', bells.Select(bell => bell.Lane).Distinct())),
        },
        CancellationToken.None);

    private PendingCommand Pending(EventContext context, KommoCommand command, int position) => new(
        string.Create(CultureInfo.InvariantCulture, $"{context.ReceivedAt.UtcTicks:D19}-{context.EventId}-{Place(position)}"),
        lanes[command.Lane].Write(command),
        context.ReceivedAt);

    /// <summary>Sorts as the positions do. Three digits as ever, since an event that is handled again has to find its commands; a letter sorts after them.</summary>
    private static string Place(int position) => position.ToString(position < 1000 ? "D3" : "'a'000000", CultureInfo.InvariantCulture);

    /// <summary>That a lane has commands of an event.</summary>
    private readonly record struct Bell(string EventId, DateTimeOffset ReceivedAt, string Lane);
}
