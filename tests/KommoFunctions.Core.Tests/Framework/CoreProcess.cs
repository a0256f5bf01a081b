using System.Text;
using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Accounts;
using KommoFunctions.DeadLetters;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Splitting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>One process of the app: the core's services, and the hands that give them messages.</summary>
internal sealed class CoreProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CoreHost _host;
    private readonly ServiceProvider _services;
    private int _events;

    public CoreProcess(CoreHost host, IReadOnlyDictionary<string, string?> settings, TimeProvider time, Action<KommoFunctionsBuilder> handlers, Action<IServiceCollection>? given = null)
    {
        _host = host;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.AddSingleton(time);
        given?.Invoke(services);
        services.AddSingleton<HandlerScript>();
        handlers(services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        _services = services.BuildServiceProvider(validateScopes: true);
        Logs = _services.GetFakeLogCollector();
    }

    public HandlerScript Script => Get<HandlerScript>();

    public SecretClient Vault => Get<SecretClient>();

    public FakeLogCollector Logs { get; }

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Posts a body to an account's hook address.</summary>
    public async Task<IntakeResult> PostHookAsync(byte[] body, long? accountId = null)
    {
        var id = accountId ?? _host.AccountId;
        var token = HookToken.Create(await Get<HookKeyRing>().GetOrCreateCurrentAsync(CancellationToken.None), id);
        return await Get<WebhookIntake>().ReceiveAsync($"{id}", token, new MemoryStream(body), body.Length);
    }

    public Task<IntakeResult> PostHookAsync(string body) => PostHookAsync(Encoding.UTF8.GetBytes(body));

    /// <summary>Gives one message to the step that its queue is for.</summary>
    public Task ProcessAsync(string queue, BinaryData message) => queue switch
    {
        QueueNames.Hooks or QueueNames.BusyHooks => Get<HookSplitter>().ProcessAsync(queue, message),
        QueueNames.Events or QueueNames.BusyEvents => Get<EventProcessor>().ProcessAsync(queue, message),
        QueueNames.Dispatch => Get<CommandDispatcher>().ProcessAsync(message),
        _ => throw new ArgumentException($"There is no step for {queue}.", nameof(queue)),
    };

    /// <summary>Processes what is visible in a queue, and what becomes visible meanwhile.</summary>
    public async Task<int> PumpAsync(string queue, int atMost = int.MaxValue)
    {
        var count = 0;
        while (count < atMost && await _host.TakeAsync(queue) is { } message)
        {
            await ProcessAsync(queue, message);
            count++;
        }

        return count;
    }

    /// <summary>Processes until no queue has a message, those with a due time included.</summary>
    public async Task SettleAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (await _host.CountAllAsync() > 0)
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                var log = Logs.GetSnapshot().Where(record => record.Category!.StartsWith("KommoFunctions", StringComparison.Ordinal)).TakeLast(20);
                Assert.Fail($"Messages are left after {Patience}.\n{string.Join('\n', log.Select(record => record.Message))}");
            }

            var done = 0;
            foreach (var queue in QueueNames.All)
            {
                done += await PumpAsync(queue, 100);
            }

            if (done == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    /// <summary>Stores commands as the handlers of one event would, and rings the bell.</summary>
    public async Task SendAsync(params KommoCommand[] commands)
    {
        var number = ++_events;
        var session = await Get<AccountSessions>().GetAsync(_host.AccountId, CancellationToken.None);
        var receivedAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(number);
        var context = new EventContext($"event{number}", _host.AccountId, receivedAt, session.Kommo);
        foreach (var command in commands)
        {
            context.Send(command);
        }

        await Get<OutboxWriter>().StoreAsync(context, CancellationToken.None);
    }

    public async Task<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync()
    {
        var letters = new List<DeadLetter>();
        await foreach (var letter in Get<DeadLetterStore>().ListAsync())
        {
            letters.Add(letter);
        }

        return letters;
    }

    public async Task<DeadLetter> ReadDeadLetterAsync() => Assert.Single(await ReadDeadLettersAsync());

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
