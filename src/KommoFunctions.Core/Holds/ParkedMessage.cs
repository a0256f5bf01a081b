using Azure.Data.Tables;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Holds;

/// <summary>A message that waits for its account, out of its queue: a row, as it was read or written.</summary>
/// <param name="row">The row.</param>
internal sealed class ParkedMessage(TableEntity row)
{
    /// <summary>The row, with the version that this process knows.</summary>
    public TableEntity Row { get; } = row;

    /// <summary>The queue that it goes back to; one that a later version of this app made may be unknown here.</summary>
    public string QueueName { get; } = row.GetString("Queue");

    /// <summary>Since when it waits, UTC.</summary>
    public DateTimeOffset ParkedAt { get; } = row.GetDateTimeOffset("ParkedAt") ?? default;

    /// <summary>The message as it came.</summary>
    public BinaryData Message { get; } = BinaryData.FromBytes(row.GetBinary("Message"));

    /// <summary>The message; null when this version cannot read it.</summary>
    public Envelope? TryRead()
    {
        try
        {
            return Envelope.Parse(Message);
        }
        catch (UnreadableMessageException)
        {
            // Whoever takes it from its queue says what is wrong with it.
            return null;
        }
    }

    public static TableEntity ToRow(long accountId, string key, WorkQueue queue, Envelope envelope, DateTimeOffset now) => new(HoldStore.Key(accountId), key)
    {
        ["Queue"] = queue.Name,
        ["ParkedAt"] = now,
        // Bytes take 64 KB in a row, as much as a message may have; a text would take half of it.
        ["Message"] = envelope.ToBinaryData().ToArray(),
    };
}
