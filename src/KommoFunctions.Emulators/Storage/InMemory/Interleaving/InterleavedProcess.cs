using Azure.Core;

namespace KommoFunctions.Emulators.Storage.InMemory.Interleaving;

/// <summary>A logical process: its requests wait until the interleaving lets them act, and their answers until it lets them arrive.</summary>
public sealed class InterleavedProcess
{
    private readonly StorageInterleaving _interleaving;
    private readonly InMemoryTransport _transport;

    internal InterleavedProcess(StorageInterleaving interleaving, InMemoryStorage storage, string name)
    {
        _interleaving = interleaving;
        _transport = new InMemoryTransport(storage, SendAsync);
        Name = name;
    }

    /// <summary>Its name in the trace.</summary>
    public string Name { get; }

    /// <summary>Whether it has died: what it had under way never returns, and nothing that it asks for is done.</summary>
    public bool HasCrashed { get; internal set; }

    /// <summary>Gives a client's options the way to storage through the interleaving, and retries that do not wait.</summary>
    public void Use(ClientOptions options) => InMemoryStorage.Use(options, _transport);

    internal ValueTask<StorageAnswer> SendAsync(StorageCall call, CancellationToken cancellationToken) => _interleaving.WaitAsync(this, call, cancellationToken);
}
