using KommoFunctions.Messaging;

namespace KommoFunctions.Tests;

public sealed class QueueTriggerTests
{
    [Theory]
    [InlineData("SplitHook", QueueNames.Hooks)]
    [InlineData("HandleEvent", QueueNames.Events)]
    [InlineData("DispatchCommands", QueueNames.Dispatch)]
    [InlineData("CollectPoisonHooks", QueueNames.PoisonHooks)]
    [InlineData("CollectPoisonEvents", QueueNames.PoisonEvents)]
    [InlineData("CollectPoisonDispatch", QueueNames.PoisonDispatch)]
    public async Task A_queue_function_listens_to_its_queue_in_the_apps_storage_account(string function, string queue)
    {
        var trigger = (await AppFunctions.TriggersAsync())[function];

        Assert.Equal("queueTrigger", trigger.GetProperty("type").GetString());
        Assert.Equal(queue, trigger.GetProperty("queueName").GetString());
        Assert.Equal("KommoStorage", trigger.GetProperty("connection").GetString());
    }

    [Fact]
    public async Task No_queue_has_two_functions()
    {
        var queues = (await AppFunctions.TriggersAsync()).Values
            .Where(trigger => trigger.TryGetProperty("queueName", out _))
            .Select(trigger => trigger.GetProperty("queueName").GetString());

        Assert.Distinct(queues);
    }

    [Fact]
    public async Task Every_queue_a_function_listens_to_is_made_by_the_Bicep()
    {
        var listenedTo = (await AppFunctions.TriggersAsync()).Values
            .Where(trigger => trigger.TryGetProperty("queueName", out _))
            .Select(trigger => trigger.GetProperty("queueName").GetString()!);

        Assert.Equal(listenedTo.Order(), RepositoryFile.BicepQueues().Order());
    }
}
