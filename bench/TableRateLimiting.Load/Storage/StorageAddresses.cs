namespace TableRateLimiting.Load.Storage;

/// <summary>Where the storage process can be reached.</summary>
/// <param name="Control">Its control endpoint: <c>GET /counts</c>.</param>
/// <param name="Counted">The connection string through the counting proxy, with the added latency.</param>
/// <param name="Direct">The connection string past the proxy, for what must not count.</param>
internal sealed record StorageAddresses(Uri Control, string Counted, string Direct);
