using Azure.Data.Tables;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Contracts;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Accounts;

/// <summary>A row that a later version wrote, or that somebody spoiled, concerns its own account only.</summary>
public sealed class UnreadableRowTests
{
    private const long AccountId = 30_000_001;
    private static readonly DateTimeOffset At = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    private readonly InMemoryStorage _storage;
    private readonly ContractProcess _process;

    public UnreadableRowTests()
    {
        var time = new InterleavedTime(At);
        _storage = new InMemoryStorage(time);
        _process = new ContractProcess(_storage, time);
    }

    [Theory]
    [InlineData("Address", "nowhere")]
    [InlineData("Address", null)]
    public async Task The_other_accounts_are_listed(string column, string? value)
    {
        await ConnectAsync(AccountId);
        await ConnectAsync(AccountId + 1);
        await SpoilAsync(column, value);

        Assert.Equal([AccountId + 1], await _process.Get<AccountStore>().ListAsync().Select(account => account.Id).ToListAsync());
    }

    [Fact]
    public async Task A_state_of_a_later_version_is_one_without_work_and_stays()
    {
        await ConnectAsync(AccountId);
        await SpoilAsync("State", "Paused");
        var store = _process.Get<AccountStore>();

        await store.SetTimeZoneAsync(AccountId, "UTC", CancellationToken.None);

        var account = Assert.Single(await store.ListAsync().ToListAsync());
        Assert.Equal((AccountState.NeedsAuthorization, "UTC"), (account.State, account.TimeZone));
        Assert.Equal("Paused", RowOf(AccountId).Properties["State"].Value);
    }

    [Fact]
    public async Task What_is_due_is_refreshed_though_the_accounts_could_not_be_looked_through()
    {
        await _process.Get<StorageProvisioner>().EnsureCreatedAsync();
        // Of an account that is gone: the refresh removes the entry.
        await new DueRefreshes(_process.Get<StorageConnection>().Rows(TableNames.Accounts)).AddAsync(AccountId, At.AddHours(-1), CancellationToken.None);
        var requests = 0;
        _process.Network = act => ++requests <= 2 ? throw new Azure.Identity.AuthenticationFailedException("No token.") : ValueTask.FromResult(act());

        await _process.Get<TokenRefresher>().RefreshDueAsync(CancellationToken.None);

        Assert.Empty(_storage.RowsOf(TableNames.Accounts));
    }

    private async Task ConnectAsync(long id)
    {
        await _process.Get<StorageProvisioner>().EnsureCreatedAsync();
        await _process.Get<AccountStore>().ConnectAsync(
            id, At.AddDays(1), _ => new KommoAccount { Id = id, Address = new Uri("https://one.kommo.com/"), ConnectedAt = At, ReconciledUntil = At }, CancellationToken.None);
    }

    private async Task SpoilAsync(string column, string? value)
    {
        var table = _process.Get<StorageConnection>().Tables.GetTableClient(TableNames.Accounts);
        var row = (await table.GetEntityAsync<TableEntity>(AccountRow.Partition, AccountRow.Key(AccountId))).Value;
        row[column] = value;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
    }

    private Emulators.Storage.InMemory.Tables.TableRow RowOf(long id) =>
        _storage.RowsOf(TableNames.Accounts).Single(row => row.PartitionKey == AccountRow.Partition && row.RowKey == AccountRow.Key(id));
}
