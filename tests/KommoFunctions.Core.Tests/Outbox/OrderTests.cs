using Kommo;
using KommoFunctions.Core.Tests.Contracts;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Handling;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class OrderTests
{
    [Fact]
    public async Task The_commands_of_an_event_keep_their_order_however_many_they_are()
    {
        var time = new InterleavedTime(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero));
        var storage = new InMemoryStorage(time);
        var process = new ContractProcess(storage, time);
        await process.Get<StorageProvisioner>().EnsureCreatedAsync();
        var context = new EventContext(new string('e', 32), 30_000_001, time.GetUtcNow(), kommo: null!);
        for (var number = 0; number < 1_020; number++)
        {
            context.Send(new AddNote(EntityType.Leads, NewNote.Common(1, $"<{number}>")));
        }

        await process.Get<OutboxWriter>().StoreAsync(context, CancellationToken.None);

        var rows = storage.RowsOf(TableNames.Outbox).Select(row => $"{row.Properties["Json"].Value}").ToList();
        Assert.Equal(1_020, rows.Count);
        Assert.Equal([], rows.Index().Where(row => !row.Item.Contains($"{row.Index}", StringComparison.Ordinal)).Select(row => row.Index));
    }
}
