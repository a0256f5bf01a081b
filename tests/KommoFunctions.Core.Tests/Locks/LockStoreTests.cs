using Azure.Data.Tables;
using KommoFunctions.Failures;
using KommoFunctions.Locks;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Locks;

public sealed class LockStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly TableClient _table = new(azurite.ConnectionString, AzuriteFixture.NewTableName());

    private LockStore One => new(_table, _time);

    private LockStore Other => new(_table, _time);

    public async ValueTask InitializeAsync() => await _table.CreateAsync();

    public async ValueTask DisposeAsync() => await _table.DeleteAsync();

    [Fact]
    public async Task A_lock_has_one_holder()
    {
        await using var held = await One.TryAcquireAsync("scope", "name", Hold, CancellationToken.None);

        Assert.NotNull(held);
        Assert.Null(await Other.TryAcquireAsync("scope", "name", Hold, CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_who_try_at_once_one_gets_it()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Other.TryAcquireAsync("scope", "name", Hold, CancellationToken.None)));

        Assert.Single(tries, held => held is not null);
    }

    [Fact]
    public async Task Locks_of_other_names_are_free()
    {
        await using var held = await One.TryAcquireAsync("scope", "name", Hold, CancellationToken.None);

        Assert.NotNull(await Other.TryAcquireAsync("scope", "another", Hold, CancellationToken.None));
    }

    [Fact]
    public async Task A_lock_that_was_given_back_is_free()
    {
        await (await One.TryAcquireAsync("scope", "name", Hold, CancellationToken.None))!.DisposeAsync();

        Assert.NotNull(await Other.TryAcquireAsync("scope", "name", Hold, CancellationToken.None));
    }

    [Fact]
    public async Task A_lock_whose_time_is_up_is_free()
    {
        await One.TryAcquireAsync("scope", "name", Hold, CancellationToken.None);
        _time.Advance(Hold + TimeSpan.FromSeconds(1));

        Assert.NotNull(await Other.TryAcquireAsync("scope", "name", Hold, CancellationToken.None));
    }

    [Fact]
    public async Task Each_taking_counts_the_generation_up()
    {
        var generations = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            await using var held = await One.AcquireAsync("scope", "name", Hold, TimeSpan.Zero, CancellationToken.None);
            generations.Add(held.Generation);
        }

        Assert.Equal([1, 2, 3], generations);
    }

    [Fact]
    public async Task Giving_back_after_another_took_it_over_changes_nothing()
    {
        var late = await One.TryAcquireAsync("scope", "name", Hold, CancellationToken.None);
        _time.Advance(Hold + TimeSpan.FromSeconds(1));
        await using var held = await Other.TryAcquireAsync("scope", "name", Hold, CancellationToken.None);

        await late!.DisposeAsync();

        Assert.Null(await One.TryAcquireAsync("scope", "name", Hold, CancellationToken.None));
    }

    [Fact]
    public async Task Who_waits_gets_it_when_it_is_given_back()
    {
        var held = await One.TryAcquireAsync("scope", "name", Hold, CancellationToken.None);
        var store = new LockStore(_table, TimeProvider.System);
        var waiting = store.AcquireAsync("scope", "name", Hold, TimeSpan.FromSeconds(30), CancellationToken.None);

        await held!.DisposeAsync();

        Assert.Equal(2, (await waiting).Generation);
    }

    [Fact]
    public async Task Who_waited_long_enough_is_told_to_come_again()
    {
        await One.TryAcquireAsync("scope", "name", Hold, CancellationToken.None);

        await Assert.ThrowsAsync<NotNowException>(() => Other.AcquireAsync("scope", "name", Hold, TimeSpan.Zero, CancellationToken.None));
    }
}
