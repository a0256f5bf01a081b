using System.Text.Json;
using KommoFunctions.Local.App;

namespace KommoFunctions.Tests;

public sealed class QueueTriggerTests
{
    [Fact]
    public async Task The_functions_listen_to_the_local_hosts_queues_in_the_same_storage_account()
    {
        await using var local = new LocalHost();

        var functions = (await TriggersAsync()).Select(function =>
            (function.Key, function.Value.GetProperty("queueName").GetString()!, function.Value.GetProperty("connection").GetString()!));

        Assert.Equal(
            local.Queues.Select(trigger => (trigger.Function, trigger.Queue, QueueTriggers.Connection)).Order(),
            functions.Order());
    }

    [Fact]
    public async Task No_queue_has_two_functions() => Assert.Distinct(await QueuesAsync());

    [Fact]
    public async Task Every_queue_a_function_listens_to_is_made_by_the_Bicep() =>
        Assert.Equal((await QueuesAsync()).Order(), RepositoryFile.BicepQueues().Order());

    private static Task<IReadOnlyDictionary<string, JsonElement>> TriggersAsync() => AppFunctions.TriggersAsync("queueTrigger");

    private static async Task<IEnumerable<string>> QueuesAsync() =>
        (await TriggersAsync()).Values.Select(trigger => trigger.GetProperty("queueName").GetString()!);
}
