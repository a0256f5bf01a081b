namespace TableRateLimiting.Load.Receiver;

/// <summary>Where the receiver can be reached.</summary>
/// <param name="Control">Its control endpoint: <c>GET /state</c>, <c>GET /arrivals</c>.</param>
/// <param name="Target">Where the permits are used: <c>GET /{process}/{asked}/{granted}</c>, the instants on <see cref="Clock"/>.</param>
internal sealed record ReceiverAddresses(Uri Control, Uri Target);
