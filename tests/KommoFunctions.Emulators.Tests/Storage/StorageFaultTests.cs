using Azure;
using Azure.Data.Tables;
using KommoFunctions.Tests;

namespace KommoFunctions.Emulators.Storage;

public sealed class StorageFaultTests(AzuriteFixture fixture) : StorageTestBase(fixture)
{
    private static readonly TableEntity Entity = new("p", "r") { ["Value"] = 1 };

    [Fact]
    public async Task A_busy_server_is_503_and_storage_is_not_asked()
    {
        var table = await CreateTableAsync();
        Proxy.Faults.FailNext(StorageFaultKind.ServerBusy);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(Entity));

        Assert.Equal((503, "ServerBusy"), (failure.Status, failure.ErrorCode));
        await table.AddEntityAsync(Entity);
    }

    [Fact]
    public async Task A_busy_queue_service_says_so_in_its_own_format()
    {
        var queue = await CreateQueueAsync();
        Proxy.Faults.FailNext(StorageFaultKind.ServerBusy);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => queue.SendMessageAsync("m"));

        Assert.Equal((503, "ServerBusy"), (failure.Status, failure.ErrorCode));
    }

    [Theory]
    [InlineData(StorageFaultKind.ServerError, 500, "InternalError")]
    [InlineData(StorageFaultKind.GatewayTimeout, 504, "GatewayTimeout")]
    public async Task Other_faults_of_the_server_are_told_by_their_status(StorageFaultKind kind, int status, string code)
    {
        var table = await CreateTableAsync();
        Proxy.Faults.FailNext(kind);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(Entity));

        Assert.Equal((status, code), (failure.Status, failure.ErrorCode));
        await table.AddEntityAsync(Entity);
    }

    [Fact]
    public async Task The_SDK_gets_through_as_many_failures_as_it_repeats()
    {
        var table = await CreateTableAsync(maxRetries: 3);
        using var busy = Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.ServerBusy, Times = 3 });

        await table.AddEntityAsync(Entity);

        Assert.Equal(4, Proxy.Statistics[StorageService.Table]);
    }

    [Fact]
    public async Task A_reset_comes_before_storage_acts()
    {
        var table = await CreateTableAsync();
        Proxy.Faults.FailNext(StorageFaultKind.Reset);

        await FailsWithoutAnswerAsync(() => table.AddEntityAsync(Entity));

        await table.AddEntityAsync(Entity);
    }

    [Fact]
    public async Task A_dropped_response_comes_after_storage_acted()
    {
        var table = await CreateTableAsync();
        Proxy.Faults.FailNext(StorageFaultKind.DropResponse);

        await FailsWithoutAnswerAsync(() => table.AddEntityAsync(Entity));

        Assert.Equal(1, (await table.GetEntityAsync<TableEntity>("p", "r")).Value["Value"]);
    }

    [Fact]
    public async Task A_fault_meets_only_what_it_is_aimed_at()
    {
        var table = await CreateTableAsync();
        var queue = await CreateQueueAsync();
        using var fault = Proxy.Faults.Add(new StorageFault
        {
            Kind = StorageFaultKind.ServerBusy,
            Matches = kind => kind is { Service: StorageService.Queue, Method: "POST" },
        });

        await table.AddEntityAsync(Entity);
        await queue.ReceiveMessageAsync();
        await Assert.ThrowsAsync<RequestFailedException>(() => queue.SendMessageAsync("m"));
        fault.Dispose();

        await queue.SendMessageAsync("m");
    }

    [Fact]
    public async Task Refused_connections_fail_on_open_and_new_connections_until_they_are_let_in()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(Entity);
        Proxy.Faults.RefuseConnections = true;

        await FailsWithoutAnswerAsync(() => table.UpsertEntityAsync(Entity));
        await FailsWithoutAnswerAsync(() => table.UpsertEntityAsync(Entity));
        Proxy.Faults.RefuseConnections = false;

        await table.UpsertEntityAsync(Entity);
    }

    [Fact]
    public async Task A_stalled_request_goes_on_when_the_fault_is_lifted()
    {
        var table = await CreateTableAsync();
        var stall = Proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.Stall });
        var adding = table.AddEntityAsync(Entity);
        await ArrivedAsync(requests: 1);
        Assert.False(adding.IsCompleted);

        stall.Dispose();

        Assert.Equal(204, (await adding).Status);
    }

    [Fact]
    public async Task A_caller_that_gives_up_on_a_stalled_request_leaves_nothing_behind()
    {
        var table = await CreateTableAsync();
        var stall = Proxy.Faults.FailNext(StorageFaultKind.Stall);
        using var giveUp = new CancellationTokenSource();
        var adding = table.AddEntityAsync(Entity, giveUp.Token);
        await ArrivedAsync(requests: 1);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);

        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        stall.Dispose();
    }

    [Fact]
    public async Task A_stalled_request_does_not_hold_up_the_end()
    {
        var table = await CreateTableAsync();
        Proxy.Faults.FailNext(StorageFaultKind.Stall);
        var adding = table.AddEntityAsync(Entity);
        await ArrivedAsync(requests: 1);

        await Proxy.DisposeAsync();

        await FailsWithoutAnswerAsync(() => adding);
    }

    [Fact]
    public async Task A_fault_with_a_probability_meets_the_same_requests_in_every_run()
    {
        var first = await RunAsync();
        var second = await RunAsync();

        Assert.Equal(first, second);
        Assert.InRange(first.Count(failed => failed), 5, 35);

        async Task<List<bool>> RunAsync()
        {
            await using var proxy = await StorageProxy.StartAsync(StorageProxyOptions.For(Fixture.Azurite, seed: 42), CancellationToken.None);
            using var fault = proxy.Faults.Add(new StorageFault { Kind = StorageFaultKind.ServerBusy, Probability = 0.5 });
            using var http = new HttpClient();
            var failed = new List<bool>();
            for (var request = 0; request < 40; request++)
            {
                using var response = await http.GetAsync(proxy.TableEndpoint);
                failed.Add((int)response.StatusCode == 503);
            }

            return failed;
        }
    }

    /// <summary>Status 0: the SDK got no HTTP answer at all.</summary>
    private static async Task FailsWithoutAnswerAsync(Func<Task> act) =>
        Assert.Equal(0, (await Assert.ThrowsAsync<RequestFailedException>(act)).Status);

    private Task ArrivedAsync(long requests) => Eventually.HoldsAsync(() => Proxy.Statistics.Total >= requests);
}
