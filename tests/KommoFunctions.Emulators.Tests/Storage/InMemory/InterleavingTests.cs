using Azure;
using Azure.Data.Tables;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;

namespace KommoFunctions.Emulators.Storage.InMemory;

public sealed class InterleavingTests
{
    private const int Timeout = 60_000;

    private readonly InMemoryStorage _storage = new(TimeProvider.System);

    [Fact(Timeout = Timeout)]
    public async Task Some_interleavings_lose_a_write_without_a_condition_and_none_does_with_one()
    {
        var careless = new List<int>();
        var careful = new List<int>();
        for (var seed = 0; seed < 200; seed++)
        {
            careless.Add(await CountAsync(seed, conditional: false));
            careful.Add(await CountAsync(seed, conditional: true));
        }

        Assert.Contains(2, careless);
        Assert.Contains(1, careless);
        Assert.All(careful, count => Assert.Equal(2, count));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_seed_is_an_interleaving()
    {
        var traces = new List<string>();
        foreach (var seed in new[] { 5, 5, 6 })
        {
            var interleaving = new StorageInterleaving(_storage, seed, new InterleavingOdds { Busy = 0.1, LostAnswer = 0.1 }) { Traced = true };
            var table = await CreateTableAsync("same");
            var (a, b) = (Client(interleaving, "a", table), Client(interleaving, "b", table));
            await Run(interleaving, Increment(a, conditional: true), Increment(b, conditional: true));
            traces.Add(string.Join('\n', interleaving.Trace));
            await new TableServiceClient(InMemoryStorage.ConnectionString, Direct()).DeleteTableAsync("same");
        }

        Assert.Equal(traces[0], traces[1]);
        Assert.NotEqual(traces[0], traces[2]);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_insert_whose_answer_was_lost_is_a_conflict_when_the_SDK_asks_again()
    {
        var interleaving = new StorageInterleaving(_storage, 1, new InterleavingOdds { LostAnswer = 1 });
        var adding = Client(interleaving, "a", await CreateTableAsync()).AddEntityAsync(new TableEntity("p", "r"));
        interleaving.Step();
        interleaving.Step();
        interleaving.CalmDown();

        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => Run(interleaving, adding));

        Assert.Equal(409, conflict.Status);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_lost_request_and_a_busy_storage_are_asked_again()
    {
        var table = await CreateTableAsync();
        for (var seed = 0; seed < 50; seed++)
        {
            var interleaving = new StorageInterleaving(_storage, seed, new InterleavingOdds { LostRequest = 0.2, Busy = 0.2 });
            var adding = Client(interleaving, "a", table).AddEntityAsync(new TableEntity("p", $"{seed}"));
            interleaving.Step();
            interleaving.CalmDown();
            await Run(interleaving, adding);
        }

        Assert.Equal(50, await table.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_dead_process_has_under_way_never_returns_and_the_others_go_on()
    {
        var interleaving = new StorageInterleaving(_storage, 1, new InterleavingOdds { Crash = 1 });
        var table = await CreateTableAsync();
        var dead = Client(interleaving, "dead", table).AddEntityAsync(new TableEntity("p", "r"));

        interleaving.Step();
        await Run(interleaving, Client(interleaving, "other", table).AddEntityAsync(new TableEntity("p", "r")));

        Assert.False(dead.IsCompleted);
        Assert.False(interleaving.Step());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_read_may_be_answered_with_what_was_there_before_a_write_that_has_ended()
    {
        var stale = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var table = await CreateTableAsync();
            await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
            var interleaving = new StorageInterleaving(_storage, seed, new InterleavingOdds());
            var reading = Client(interleaving, "reader", table).GetEntityAsync<TableEntity>("p", "r");
            var writing = Client(interleaving, "writer", table).UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 });
            while (!writing.IsCompleted)
            {
                interleaving.Step();
            }

            var late = !reading.IsCompleted;
            await Run(interleaving, reading, writing);
            stale += late && (await reading).Value["A"] is 1 ? 1 : 0;
        }

        Assert.InRange(stale, 1, 99);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_that_is_held_up_acts_later_or_when_all_calms_down()
    {
        var table = await CreateTableAsync();
        var interleaving = new StorageInterleaving(_storage, 1, new InterleavingOdds { HeldUp = 1, MaxHeldUp = 5, LateAnswer = 0 });
        var first = Client(interleaving, "a", table).AddEntityAsync(new TableEntity("p", "first"));
        interleaving.Step();
        var steps = 1;
        for (; !first.IsCompleted; steps++)
        {
            interleaving.Step();
        }

        var second = Client(interleaving, "a", table).AddEntityAsync(new TableEntity("p", "second"));
        interleaving.Step();
        interleaving.CalmDown();
        interleaving.Step();

        Assert.InRange(steps, 2, 6);
        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_is_given_up_when_all_attempts_of_the_SDK_have_failed()
    {
        var interleaving = new StorageInterleaving(_storage, 1, new InterleavingOdds { LostRequest = 1 });
        var adding = Client(interleaving, "a", await CreateTableAsync()).AddEntityAsync(new TableEntity("p", "r"));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            interleaving.Step();
        }

        var before = interleaving.GivenUp;
        interleaving.Step();

        Assert.Equal((0, 1), (before, interleaving.GivenUp));
        await Assert.ThrowsAnyAsync<Exception>(() => adding);
    }

    private async Task<int> CountAsync(int seed, bool conditional)
    {
        var table = await CreateTableAsync();
        var interleaving = new StorageInterleaving(_storage, seed, new InterleavingOdds());
        await Run(interleaving, Increment(Client(interleaving, "a", table), conditional), Increment(Client(interleaving, "b", table), conditional));
        return (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("Count")!.Value;
    }

    private static async Task Increment(TableClient table, bool conditional)
    {
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>("p", "r");
            var row = found.HasValue ? found.Value! : new TableEntity("p", "r");
            row["Count"] = (row.GetInt32("Count") ?? 0) + 1;
            try
            {
                await (!conditional ? table.UpsertEntityAsync(row) : found.HasValue ? table.UpdateEntityAsync(row, row.ETag) : table.AddEntityAsync(row));
                return;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // The other was faster.
            }
        }
    }

    private static Task Run(StorageInterleaving interleaving, params Task[] work)
    {
        while (work.Any(task => !task.IsCompleted))
        {
            Assert.True(interleaving.Step(), "The work waits for something else than storage.");
        }

        return Task.WhenAll(work);
    }

    private async Task<TableClient> CreateTableAsync(string? name = null)
    {
        var table = new TableClient(InMemoryStorage.ConnectionString, name ?? $"t{Guid.NewGuid():N}", Direct());
        await table.CreateAsync();
        return table;
    }

    private TableClientOptions Direct()
    {
        var options = new TableClientOptions();
        _storage.Use(options);
        return options;
    }

    private static TableClient Client(StorageInterleaving interleaving, string process, TableClient table)
    {
        var options = new TableClientOptions();
        interleaving.AddProcess(process).Use(options);
        return new TableClient(InMemoryStorage.ConnectionString, table.Name, options);
    }
}
