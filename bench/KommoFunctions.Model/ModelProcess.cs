using Azure.Core;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Handling;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Model;

/// <summary>
/// A process of the app: the core's own services over storage in memory. Making one takes longer than an interleaving, so it goes on to the next, where
/// another account is all that it knows of the world.
/// </summary>
internal sealed class ModelProcess : IAsyncDisposable
{
    public static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider _services;
    private InterleavedProcess? _way;

    public ModelProcess(InMemoryStorage storage, InterleavedTime time, ModelMutation? mutation)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton(this);
        var transport = new InMemoryTransport(
            storage, (call, cancellationToken) => _way is { } way ? way.SendAsync(call, cancellationToken) : ValueTask.FromResult(storage.Handle(call)));
        services.AddSingleton(new StorageClientSetup(Configure, time));
        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build()).AddHandler<ModelHandler>();
        services.AddSingleton<HoldProbe, ModelProbe>();
        _services = services.BuildServiceProvider();

        void Configure(ClientOptions options)
        {
            InMemoryStorage.Use(options, transport);
            if (mutation is not null)
            {
                options.AddPolicy(mutation, HttpPipelinePosition.PerCall);
            }
        }
    }

    /// <summary>The account of the interleaving.</summary>
    public ModelAccount? Account { get; private set; }

    public string Name => _way?.Name ?? "none";

    public bool HasCrashed => _way?.HasCrashed == true;

    private static Dictionary<string, string?> Settings => new()
    {
        ["KommoStorage"] = InMemoryStorage.ConnectionString,
        ["KommoFunctions:KeyVault:Uri"] = "https://127.0.0.1/",
        ["KommoFunctions:KeyVault:Emulator"] = "true",
        ["KommoFunctions:OAuth:ClientId"] = "00000000-0000-0000-0000-000000000000",
        ["KommoFunctions:OAuth:RedirectUri"] = "http://localhost/",
        ["KommoFunctions:PublicUrl"] = "http://localhost:7071",
        // A jittered second is sent to the queue as none: delays of chance would make another interleaving of the same seed.
        ["KommoFunctions:Retry:FirstDelay"] = "00:00:01",
        ["KommoFunctions:Retry:LongestDelay"] = "00:00:01",
        ["KommoFunctions:Retry:HandlerAttempts"] = "2",
        ["KommoFunctions:Hold:LookForMending"] = $"{ProbeInterval:c}",
        ["KommoFunctions:FairShare:Burst"] = "100000",
    };

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Interleavings that it has been in: it remembers something of the account of each.</summary>
    public int Interleavings { get; private set; }

    /// <summary>Goes on to an interleaving; without one its requests act at once.</summary>
    public void Enter(ModelAccount account, InterleavedProcess? way) => (Account, _way, Interleavings) = (account, way, Interleavings + 1);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Gives a message to the step that its queue is for.</summary>
    public Task ProcessAsync(string queue, BinaryData message) => queue switch
    {
        QueueNames.Events or QueueNames.BusyEvents => Get<EventProcessor>().ProcessAsync(queue, message),
        QueueNames.Dispatch => Get<CommandDispatcher>().ProcessAsync(message),
        _ when QueueNames.All.FirstOrDefault(name => QueueNames.Poison(name) == queue) is { } poisoned =>
            Get<PoisonCollector>().CollectAsync(poisoned, message),
        _ => throw new ArgumentException($"The model has no step for {queue}.", nameof(queue)),
    };
}
