using Azure.Core;

namespace KommoFunctions.Storage;

/// <summary>Changes the options of every storage client before it is built. For tests and models over storage in memory; register it before AddKommoFunctions.</summary>
/// <param name="Configure">Has the last word on a client's options.</param>
/// <param name="Time">The clock of the waits between attempts to write a row.</param>
internal sealed record StorageClientSetup(Action<ClientOptions> Configure, TimeProvider Time);
