using Azure.Data.Tables;
using KommoFunctions.Core.Tests.Contracts;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Failures;
using KommoFunctions.Holds;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Core.Tests.Holds;

/// <summary>Suspensions end on time, and what is parked ends.</summary>
public sealed class ReleaseTests
{
    private const long AccountId = 30_000_001;
    private static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(15);

    private readonly InterleavedTime _time = new(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero));
    private readonly InMemoryStorage _storage;

    public ReleaseTests() => _storage = new InMemoryStorage(_time);

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task A_suspension_ends_on_time_though_the_machines_clocks_differ(int behind)
    {
        var (one, other) = (Process(TimeSpan.Zero), Process(TimeSpan.FromSeconds(-behind)));
        await one.Get<StorageProvisioner>().EnsureCreatedAsync();
        // Each has heard storage's time before it writes or compares one.
        await one.Get<HoldStore>().GetAsync(AccountId, CancellationToken.None);
        Assert.True(await one.Get<AccountHolds>().TrySuspendAsync(
            WorkQueue.Events,
            new Envelope { Id = "m1", AccountId = AccountId, ReceivedAt = _time.GetUtcNow(), Content = Content.FromText("x") },
            AccountId,
            new FailureDecision.Suspend(new HoldCause(HoldReason.Away, "away", LookAfter), true, new FailureDecision.Completed(), null),
            CancellationToken.None));
        _time.MoveTo(_time.GetUtcNow() + LookAfter);

        await other.Get<HoldRelease>().LookAsync(Bell("due"), CancellationToken.None);

        Assert.Null(await other.Get<HoldStore>().GetAsync(AccountId, CancellationToken.None));
        Assert.Equal(1, _storage.QueueOf(QueueNames.Events).Count);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public async Task A_message_for_an_unknown_queue_waits_for_the_version_that_has_it_for_30_days(int days, bool isDead)
    {
        var process = Process(TimeSpan.Zero);
        await process.Get<StorageProvisioner>().EnsureCreatedAsync();
        await process.Get<StorageConnection>().Tables.GetTableClient(TableNames.Holds).AddEntityAsync(new TableEntity(HoldStore.Key(AccountId), "parked")
        {
            ["Queue"] = "kommo-later",
            ["ParkedAt"] = _time.GetUtcNow(),
            ["Message"] = Bell("x").ToBinaryData().ToArray(),
        });
        _time.MoveTo(_time.GetUtcNow() + TimeSpan.FromDays(days));

        await process.Get<HoldRelease>().LookAsync(Bell(HoldBell.Now), CancellationToken.None);

        var letters = await process.Get<DeadLetterStore>().ListAsync().ToListAsync();
        Assert.Equal(isDead ? 0 : 1, _storage.RowsOf(TableNames.Holds).Count());
        Assert.Equal(
            isDead ? [("kommo-later", DeadLetterReasons.Unreadable)] : [],
            letters.Select(letter => (letter.Source, letter.Reason)));
    }

    private Envelope Bell(string when) => new()
    {
        Id = "hold",
        Kind = ArrivalKind.Hold,
        AccountId = AccountId,
        ReceivedAt = _time.GetUtcNow(),
        Content = Content.FromText(when),
    };

    private ContractProcess Process(TimeSpan ahead) => new(_storage, _time, services =>
    {
        services.AddSingleton<HoldProbe>(new Served());
        services.AddSingleton<TimeProvider>(new Ahead(_time, ahead));
    });

    private sealed class Served() : HoldProbe(null!, null!)
    {
        public override Task<HoldCause?> AskAsync(long accountId, CancellationToken cancellationToken) => Task.FromResult<HoldCause?>(null);
    }

    private sealed class Ahead(TimeProvider time, TimeSpan by) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + by;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
