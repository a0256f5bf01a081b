using KommoFunctions.Messaging;

namespace KommoFunctions.Holds;

/// <summary>A message that waits for its account, out of its queue.</summary>
/// <param name="Key">Its row, which follows from what it is: parked twice it is one.</param>
/// <param name="Queue">The queue that it goes back to.</param>
/// <param name="ParkedAt">Since when it waits, UTC.</param>
/// <param name="Envelope">The message.</param>
internal sealed record ParkedMessage(string Key, string Queue, DateTimeOffset ParkedAt, Envelope Envelope);
