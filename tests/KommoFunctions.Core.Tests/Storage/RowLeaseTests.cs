using KommoFunctions.Emulators.Storage;
using KommoFunctions.Failures;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Core.Tests.Storage;

/// <summary>What a lease promises, whoever else writes, whatever of storage's answers is lost, and whoever dies.</summary>
public sealed class RowLeaseTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_lease_has_one_holder()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        await using var held = await TakeAsync(table.Follow(_time));

        Assert.NotNull(held);
        Assert.Null(await TakeAsync(table.Follow(_time)));
    }

    [Fact]
    public async Task Of_many_who_try_at_once_one_gets_it()
    {
        await using var table = await LeasedTable.StartAsync(azurite);

        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TakeAsync(table.Follow(_time))));

        Assert.Single(tries, held => held is not null);
    }

    [Fact]
    public async Task Leases_on_other_rows_are_free()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        await using var held = await TakeAsync(table.Follow(_time));

        Assert.NotNull(await table.Follow(_time).TryAcquireAsync<Note>("scope", "another", Hold, CancellationToken.None));
    }

    [Fact]
    public async Task A_lease_that_was_given_back_is_free_and_what_its_row_carries_stays()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        var held = (await TakeAsync(table.Follow(_time)))!;
        held.State = new Note("left behind");
        await held.DisposeAsync();

        await using var next = await TakeAsync(table.Follow(_time));

        Assert.Equal((2, "left behind"), (next!.Generation, next.State.Text));
    }

    [Fact]
    public async Task A_lease_whose_holder_died_is_free_when_its_time_is_up_and_not_before()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        await TakeAsync(table.Follow(_time));
        _time.Advance(Hold - TimeSpan.FromSeconds(1));
        var early = await TakeAsync(table.Follow(_time));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(early);
        Assert.NotNull(await TakeAsync(table.Follow(_time)));
    }

    [Fact]
    public async Task Who_comes_back_after_another_took_over_writes_nothing_and_gives_nothing_back()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        var late = (await TakeAsync(table.Follow(_time)))!;
        _time.Advance(Hold);
        await using var held = (await TakeAsync(table.Follow(_time)))!;
        await held.SaveAsync(new Note("the other's"), CancellationToken.None);

        Assert.False(await late.TrySaveAsync(new Note("late"), CancellationToken.None));
        await Assert.ThrowsAsync<NotNowException>(() => late.SaveAsync(new Note("late"), CancellationToken.None));
        await late.DisposeAsync();

        Assert.Equal(TimeSpan.Zero, late.Left);
        Assert.Null(await TakeAsync(table.Follow(_time)));
        Assert.Equal("the other's", (await table.Follow(_time).FindStateAsync<Note>("scope", "name", CancellationToken.None))!.Text);
    }

    [Fact]
    public async Task Who_read_a_free_row_does_not_get_it_when_another_was_faster()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        await using var slow = await table.Follow(_time).ReadAsync<Note>("scope", "name", Hold, CancellationToken.None);
        await using var held = await TakeAsync(table.Follow(_time));

        Assert.Equal(TimeSpan.Zero, slow.FreeIn);
        Assert.False(await slow.TrySaveAsync(new Note("slow"), CancellationToken.None));
    }

    [Fact]
    public async Task Reading_takes_nothing()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        await using (await table.Follow(_time).ReadAsync<Note>("scope", "name", Hold, CancellationToken.None))
        {
            Assert.NotNull(await TakeAsync(table.Follow(_time)));
        }

        Assert.Null(await TakeAsync(table.Follow(_time)));
    }

    [Fact]
    public async Task Who_waits_gets_it_when_it_is_given_back()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        var held = (await TakeAsync(table.Follow(_time)))!;
        var waiting = table.Follow(_time).AcquireAsync<Note>("scope", "name", Hold, TimeSpan.FromSeconds(30), CancellationToken.None);

        await held.DisposeAsync();

        Assert.Equal(2, (await waiting).Generation);
    }

    [Fact]
    public async Task Who_waited_long_enough_is_told_to_come_again()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        await TakeAsync(table.Follow(_time));

        await Assert.ThrowsAsync<NotNowException>(
            () => table.Follow(_time).AcquireAsync<Note>("scope", "name", Hold, TimeSpan.Zero, CancellationToken.None));
    }

    /// <summary>The client repeats the write and is told that somebody changed the row: it was the write itself.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_write_whose_answer_was_lost_is_the_holders_own(int which)
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        var leases = table.Follow(_time);
        await LoseAsync(0);
        var held = (await TakeAsync(leases))!;
        await LoseAsync(1);
        await held.SaveAsync(new Note("mine"), CancellationToken.None);
        await LoseAsync(2);
        await held.DisposeAsync();

        await using var next = await TakeAsync(leases);

        Assert.Equal((2, "mine"), (next!.Generation, next.State.Text));

        Task LoseAsync(int step)
        {
            if (step == which)
            {
                table.DropAnswers(1);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>No repetition hears of it either: the write ends with an error, and was done.</summary>
    [Fact]
    public async Task A_holder_whose_writes_failed_goes_on_and_gives_back_what_it_has()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        var held = (await TakeAsync(table.Follow(_time, retries: 0)))!;
        using (table.DropAnswers())
        {
            await Assert.ThrowsAnyAsync<Exception>(() => held.SaveAsync(new Note("unheard"), CancellationToken.None));
        }

        await held.SaveAsync(new Note("heard"), CancellationToken.None);
        await held.DisposeAsync();

        await using var next = await TakeAsync(table.Follow(_time));
        Assert.Equal((2, "heard"), (next!.Generation, next.State.Text));
    }

    [Fact]
    public async Task A_taking_that_was_given_up_is_given_back_whether_storage_has_acted_or_not()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        table.Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.Stall, Matches = LeasedTable.IsWrite, Times = 1 });
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => table.Follow(_time).TryAcquireAsync<Note>("scope", "name", Hold, impatient.Token));

        Assert.NotNull(await TakeAsync(table.Follow(_time)));
    }

    [Fact]
    public async Task A_lease_that_cannot_be_given_back_ends_by_itself()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        var held = (await TakeAsync(table.Follow(_time, retries: 0)))!;
        table.Proxy.Faults.RefuseConnections = true;
        await held.DisposeAsync();
        table.Proxy.Faults.Clear();
        var early = await TakeAsync(table.Follow(_time));
        _time.Advance(Hold);

        Assert.Null(early);
        Assert.NotNull(await TakeAsync(table.Follow(_time)));
    }

    private static Task<RowLease<Note>?> TakeAsync(RowLeases leases) => leases.TryAcquireAsync<Note>("scope", "name", Hold, CancellationToken.None);
}
