using Azure.Core;

namespace KommoFunctions.Storage;

/// <summary>Leads every storage client of a process to a storage in memory. Registered before the core.</summary>
/// <param name="Configure">Has the last word on a client's options.</param>
/// <param name="Time">The clock of the waits between attempts to write a row.</param>
internal sealed record StorageClientSetup(Action<ClientOptions> Configure, TimeProvider Time);
