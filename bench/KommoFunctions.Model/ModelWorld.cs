using System.Globalization;
using System.Text;
using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Messaging;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;

namespace KommoFunctions.Model;

/// <summary>What one worker plays its interleavings in, one after the other: a storage account, a clock, and processes.</summary>
internal sealed class ModelWorld
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-01-31T10:00:00Z", CultureInfo.InvariantCulture);

    /// <summary>Interleavings after which a process is replaced, so that memory does not grow; few enough to cost nothing.</summary>
    private const int MaxInterleavings = 500;

    private readonly List<ModelProcess> _idle = [];
    private long _accounts;

    private readonly ModelMutation? _mutation;

    private ModelWorld(ModelMutation? mutation) => (_mutation, Storage) = (mutation, new InMemoryStorage(Time));

    public InterleavedTime Time { get; } = new(Start, step: TimeSpan.FromSeconds(0.5));

    public InMemoryStorage Storage { get; }

    public static async Task<ModelWorld> CreateAsync(ModelMutation? mutation = null)
    {
        var world = new ModelWorld(mutation);
        await world.TakeProcess().Get<StorageProvisioner>().EnsureCreatedAsync();
        return world;
    }

    /// <summary>A process that knows nothing of the next account.</summary>
    public ModelProcess TakeProcess()
    {
        if (_idle.Count == 0)
        {
            return new ModelProcess(Storage, Time, _mutation);
        }

        var process = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        return process;
    }

    /// <summary>
    /// Takes back the processes of an interleaving. What the dead ones had under way concerns an account that nobody asks them for again, so they serve
    /// for others in the next.
    /// </summary>
    public async Task ReturnAsync(IEnumerable<ModelProcess> processes)
    {
        foreach (var process in processes)
        {
            if (process.Interleavings < MaxInterleavings)
            {
                _idle.Add(process);
            }
            else
            {
                await process.DisposeAsync();
            }
        }
    }

    /// <summary>An account with events in its queue, alone in storage.</summary>
    public async Task<ModelAccount> CreateAccountAsync(int events)
    {
        Storage.Clear();
        Time.ForgetTimers();
        var account = new ModelAccount(30_000_000 + ++_accounts);
        var process = TakeProcess();
        process.Enter(account, way: null);
        await process.Get<AccountStore>().ConnectAsync(
            account.Id,
            DateTimeOffset.MaxValue,
            _ => new KommoAccount { Id = account.Id, Address = new Uri("https://example.kommo.com/"), State = AccountState.Active, ConnectedAt = Time.GetUtcNow() },
            CancellationToken.None);
        for (var lead = 1; lead <= events; lead++)
        {
            var e = WebhookParser.Parse(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"leads[delete][0][id]={lead}"))).Events[0];
            await process.Get<EventAdmission>().AdmitAsync(
                account.Id, new WebhookAccount(account.Id), e, $"hook-{lead}", Time.GetUtcNow().AddTicks(lead), CancellationToken.None);
            account.Events[lead] = new ModelEvent(EventIdentity.Of(account.Id, e).Id);
        }

        await ReturnAsync([process]);
        return account;
    }

    /// <summary>Whether an event is known to be handled.</summary>
    public bool IsHandled(string eventId) => Storage.RowsOf(TableNames.Events).Any(row => row.RowKey == eventId && row.Find("HandledAt") is not null);

    /// <summary>The queues that the app's processes work on.</summary>
    public static IReadOnlyList<string> Queues { get; } =
        [.. QueueNames.All.Concat(QueueNames.All.Select(QueueNames.Poison))
            .Where(queue => !queue.StartsWith(QueueNames.Hooks, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
}
