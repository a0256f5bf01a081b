using Azure;
using Azure.Data.Tables;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>A table of its own for each case.</summary>
public abstract class TableContractBase(StorageBackend backend)
{
    protected const int Timeout = 60_000;

    protected StorageBackend Backend => backend;

    protected async Task<TableClient> CreateTableAsync()
    {
        var table = backend.Tables.GetTableClient(AzuriteFixture.NewTableName());
        await table.CreateAsync();
        return table;
    }

    protected static async Task<RequestFailedException?> RefusalOfAsync(Func<Task> request)
    {
        try
        {
            await request();
            return null;
        }
        catch (RequestFailedException e)
        {
            return e;
        }
    }
}
