namespace TableRateLimiting.Load.Receiver;

/// <summary>How far the receiver is.</summary>
/// <param name="Count">Arrivals so far.</param>
/// <param name="Busiest">The most of them in any window of one second.</param>
internal sealed record ReceiverState(int Count, int Busiest);
