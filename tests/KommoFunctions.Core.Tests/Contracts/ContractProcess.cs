using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>The core's services over storage in memory, with a network that a test can meddle with.</summary>
internal sealed class ContractProcess
{
    private readonly ServiceProvider _services;

    public ContractProcess(InMemoryStorage storage, InterleavedTime time, Action<IServiceCollection>? configure = null)
    {
        Time = time;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        var transport = new InMemoryTransport(
            storage, (call, _) => Network is { } network ? network(() => storage.Handle(call)) : ValueTask.FromResult(storage.Handle(call)));
        services.AddSingleton(new StorageClientSetup(options => InMemoryStorage.Use(options, transport), time));
        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public InterleavedTime Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>What happens to each request: gets the way to have it done. Without it nothing happens to them.</summary>
    public Func<Func<StorageAnswer>, ValueTask<StorageAnswer>>? Network { get; set; }

    private static Dictionary<string, string?> Settings => new()
    {
        ["KommoStorage"] = InMemoryStorage.ConnectionString,
        ["KommoFunctions:KeyVault:Uri"] = "https://127.0.0.1/",
        ["KommoFunctions:KeyVault:Emulator"] = "true",
        ["KommoFunctions:OAuth:ClientId"] = "00000000-0000-0000-0000-000000000000",
        ["KommoFunctions:OAuth:RedirectUri"] = "http://localhost/",
        ["KommoFunctions:PublicUrl"] = "http://localhost:7071",
    };

    /// <summary>Lets a piece of work come to its end: its waits end at once.</summary>
    public async Task RunAsync(Task work)
    {
        while (!work.IsCompleted && Time.NextDue is { } due)
        {
            Time.MoveTo(due);
        }

        await work;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
