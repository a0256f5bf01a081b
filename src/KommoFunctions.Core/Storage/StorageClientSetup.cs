using Azure.Core;

namespace KommoFunctions.Storage;

/// <summary>Registered before the core, it has the last word on the options of every storage client: the way to a storage in memory.</summary>
/// <param name="Configure">Changes the options.</param>
internal sealed record StorageClientSetup(Action<ClientOptions> Configure);
