using Azure.Data.Tables;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Storage;

/// <summary>Leases of processes whose wall clocks are wrong, against a storage that has the right time.</summary>
public sealed class LeaseClockTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(3);

    /// <summary>The lease, and what storage's time may not be known by: its answers tell whole seconds.</summary>
    private static readonly TimeSpan Longest = Hold + TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(60, 0)]
    [InlineData(-60, 0)]
    [InlineData(3600, 0)]
    [InlineData(-3600, 0)]
    [InlineData(0, 60)]
    [InlineData(0, -60)]
    [InlineData(0, 3600)]
    [InlineData(0, -3600)]
    [InlineData(-3600, 3600)]
    public async Task Nobody_takes_a_lease_that_is_held_and_everybody_one_that_has_ended(int holderAhead, int otherAhead)
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        var (holder, other) = (table.Learn(Ahead(holderAhead)), table.Learn(Ahead(otherAhead)));
        await using var held = (await holder.TryAcquireAsync<Note>("scope", "name", Hold, CancellationToken.None))!;
        var taken = TimeProvider.System.GetTimestamp();
        Assert.InRange(held.Left, Hold - TimeSpan.FromSeconds(1), Hold + TimeSpan.FromSeconds(2));

        while (await other.TryAcquireAsync<Note>("scope", "name", Hold, CancellationToken.None) is null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(taken) < Longest, "Nobody gets a lease whose time is long up.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Assert.Equal(TimeSpan.Zero, held.Left);
        Assert.True(TimeProvider.System.GetElapsedTime(taken) >= Hold, "It was taken while it was held.");
        Assert.False(await held.TrySaveAsync(new Note("late"), CancellationToken.None));
    }

    [Fact]
    public async Task A_row_whose_end_is_an_hour_off_holds_nobody_up_for_longer_than_a_lease()
    {
        await using var table = await LeasedTable.StartAsync(azurite);
        await table.PutAsync(new TableEntity("scope", "name")
        {
            ["Holder"] = "a process whose clock was wrong",
            ["Until"] = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1),
            ["HeldFor"] = Hold.TotalSeconds,
            ["Generation"] = 7L,
        });
        var (leases, start) = (table.Learn(TimeProvider.System), TimeProvider.System.GetTimestamp());

        await using var held = await leases.AcquireAsync<Note>("scope", "name", Hold, Longest, CancellationToken.None);

        Assert.Equal(8, held.Generation);
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(1), "It was not waited for at all.");
    }

    private static ShiftedTime Ahead(int seconds) => new(TimeSpan.FromSeconds(seconds));
}
