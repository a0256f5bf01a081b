using System.Text.Json.Serialization;

namespace TableRateLimiting.Load.Receiver;

/// <summary>One request at the receiver.</summary>
/// <param name="At">When its first bytes were there, on <see cref="Clock"/>.</param>
/// <param name="Sender">The number of the process that sent it.</param>
/// <param name="Asked">When its caller asked for the permit.</param>
/// <param name="Granted">When its caller had the permit, and sent the request.</param>
internal sealed record ArrivalRecord(long At, int Sender, long Asked, long Granted)
{
    /// <summary>Seconds that the caller waited for the permit.</summary>
    [JsonIgnore]
    public double Wait => Clock.Seconds(Granted - Asked);

    /// <summary>Seconds from the permit to the receiver: what no limiter can do anything about but leave room for.</summary>
    [JsonIgnore]
    public double Travel => Clock.Seconds(At - Granted);
}
