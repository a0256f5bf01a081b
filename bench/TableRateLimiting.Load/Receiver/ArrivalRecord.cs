namespace TableRateLimiting.Load.Receiver;

/// <summary>One request at the receiver.</summary>
/// <param name="At">When its first bytes were there, on <see cref="Clock"/>.</param>
/// <param name="Sender">The number of the process that sent it.</param>
/// <param name="WaitedMicroseconds">How long its caller had waited for the permit.</param>
internal sealed record ArrivalRecord(long At, int Sender, long WaitedMicroseconds);
