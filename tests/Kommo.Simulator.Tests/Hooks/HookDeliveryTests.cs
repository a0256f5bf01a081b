using Kommo.Simulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Simulator.Tests.Hooks;

public sealed class HookDeliveryTests
{
    [Theory]
    [InlineData(500, new[] { 5, 15, 15, 60 })]
    [InlineData(503, new[] { 5, 15, 15, 60 })]
    [InlineData(499, new[] { 5, 15, 15, 60 })]
    [InlineData(404, new[] { 5, 15 })]
    [InlineData(302, new[] { 5, 15 })]
    public async Task A_bad_answer_is_retried_by_the_table_and_then_given_up(int status, int[] waits)
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        receiver.Answer = http =>
        {
            http.Response.Headers.Location = "/elsewhere";
            return Task.FromResult(status);
        };
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.CreateLeads(1);
        for (int attempt = 0; attempt < waits.Length; attempt++)
        {
            PendingHook pending = await WaitForAttemptAsync(account.Simulator, attempt + 2);
            Assert.Equal(TimeSpan.FromMinutes(waits[attempt]), pending.DueAt - time.GetUtcNow());
            Assert.Equal(attempt + 1, receiver.Hooks.Count);
            time.Advance(pending.DueAt - time.GetUtcNow());
        }

        await account.Simulator.WaitForHooksAsync();
        Assert.Equal(waits.Length + 1, receiver.Hooks.Count);
        Assert.Single(receiver.Hooks.Select(hook => (hook.Body, hook.Headers["X-Amocrm-Requestid"])).Distinct());
        HookStatistics hooks = account.Simulator.GetStatistics().Hooks;
        Assert.Equal((1, 1, 1, waits.Length + 1), (hooks.Changes, hooks.Queued, hooks.Sent, hooks.Attempts));
        Assert.Equal((waits.Length + 1, 1, 0), (hooks.FailedAttempts, hooks.GivenUp, hooks.Acknowledged));
    }

    [Fact]
    public async Task The_last_tries_depend_on_the_answer_before_them()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        int calls = 0;
        receiver.Answer = _ => Task.FromResult(Interlocked.Increment(ref calls) == 3 ? 400 : 500);
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.CreateLeads(1);
        for (int attempt = 2; attempt <= 3; attempt++)
        {
            PendingHook pending = await WaitForAttemptAsync(account.Simulator, attempt);
            time.Advance(pending.DueAt - time.GetUtcNow());
        }

        await account.Simulator.WaitForHooksAsync();
        Assert.Equal(3, receiver.Hooks.Count);
    }

    [Fact]
    public async Task A_retry_that_is_answered_ends_it()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.HookTimeScale = 0.0001);
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        int calls = 0;
        receiver.Answer = _ => Task.FromResult(Interlocked.Increment(ref calls) < 3 ? 500 : 204);
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.CreateLeads(1);
        await account.Simulator.WaitForHooksAsync();
        HookStatistics hooks = account.Simulator.GetStatistics().Hooks;
        Assert.Equal((3, 1, 2, 0, 0), (hooks.Attempts, hooks.Acknowledged, hooks.FailedAttempts, hooks.GivenUp, hooks.Pending));
        Assert.NotNull(hooks.FirstAcknowledgement);
        Assert.Equal(hooks.FirstAcknowledgement, hooks.SlowestAcknowledgement);
        Assert.Equal(hooks.FirstAcknowledgement, hooks.MeanAcknowledgement);
    }

    [Fact]
    public async Task An_answer_after_two_seconds_is_none_and_the_hook_comes_again()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        receiver.Answer = async http =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 200;
        };
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.CreateLeads(1);
        await receiver.WaitAsync(1);
        time.Advance(TimeSpan.FromSeconds(1.999));
        Assert.Equal(0, account.Simulator.GetStatistics().Hooks.FailedAttempts);
        time.Advance(TimeSpan.FromMilliseconds(1));
        PendingHook pending = await WaitForAttemptAsync(account.Simulator, 2);
        Assert.Equal(TimeSpan.FromMinutes(5), pending.DueAt - time.GetUtcNow());
    }

    [Fact]
    public async Task Nobody_there_is_tried_three_times()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        HookReceiver receiver = await HookReceiver.StartAsync();
        Uri address = receiver.Address;
        await receiver.DisposeAsync();
        account.Simulator.Subscribe(address, "add_lead");
        account.Simulator.CreateLeads(1);
        for (int attempt = 2; attempt <= 3; attempt++)
        {
            PendingHook pending = await WaitForAttemptAsync(account.Simulator, attempt);
            time.Advance(pending.DueAt - time.GetUtcNow());
        }

        await account.Simulator.WaitForHooksAsync();
        Assert.Equal((3, 1), (account.Simulator.GetStatistics().Hooks.Attempts, account.Simulator.GetStatistics().Hooks.GivenUp));
    }

    [Fact]
    public async Task A_slow_receiver_does_not_serialise_the_hooks()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int open = 0;
        receiver.Answer = async http =>
        {
            if (Interlocked.Increment(ref open) == 8)
            {
                all.SetResult();
            }

            await all.Task;
            return 200;
        };
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.CreateLeads(8);
        // Only when all eight are open at one time does any of them get its answer.
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        Assert.Equal(8, open);
    }

    [Fact]
    public async Task More_than_a_hundred_bad_answers_in_two_hours_disable_and_saving_enables_again()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        receiver.Answer = _ => Task.FromResult(404);
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.CreateLeads(100);
        await receiver.WaitAsync(100);
        await EventuallyAsync(() => account.Simulator.PendingHooks.All(hook => hook.Attempt == 2));
        Assert.False(account.Simulator.Webhooks.Single().Disabled);
        account.Simulator.CreateLeads(1);
        await EventuallyAsync(() => account.Simulator.Webhooks.Single().Disabled);
        account.Simulator.CreateLeads(5);
        time.Advance(TimeSpan.FromMinutes(5));
        await account.Simulator.WaitForHooksAsync();
        Assert.Equal(101, receiver.Hooks.Count);
        Assert.Equal((101, 106, 101), (
            account.Simulator.GetStatistics().Hooks.GivenUp,
            account.Simulator.GetStatistics().Hooks.Changes,
            account.Simulator.GetStatistics().Hooks.Queued));
        Answer listed = await account.GetAsync("/api/v4/webhooks");
        Assert.True(listed.Embedded("webhooks")[0]!["disabled"]!.GetValue<bool>());
        receiver.Answer = _ => Task.FromResult(200);
        Answer saved = await account.PostAsync("/api/v4/webhooks", $$"""{"destination":"{{receiver.Address}}","settings":["add_lead"]}""");
        Assert.False(saved.Json["disabled"]!.GetValue<bool>());
        account.Simulator.CreateLeads(1);
        await account.Simulator.WaitForHooksAsync();
        Assert.Equal(1, account.Simulator.GetStatistics().Hooks.Acknowledged);
    }

    [Fact]
    public async Task Bad_answers_older_than_two_hours_are_forgotten()
    {
        FakeTimeProvider time = new();
        await using TestAccount account = await StartAsync(time);
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        receiver.Answer = _ => Task.FromResult(500);
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.CreateLeads(90);
        await EventuallyAsync(() => account.Simulator.PendingHooks.All(hook => hook.Attempt == 2));
        receiver.Answer = _ => Task.FromResult(200);
        time.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        await account.Simulator.WaitForHooksAsync();
        receiver.Answer = _ => Task.FromResult(500);
        account.Simulator.CreateLeads(90);
        await EventuallyAsync(() => account.Simulator.PendingHooks.All(hook => hook.Attempt == 2));
        Assert.False(account.Simulator.Webhooks.Single().Disabled);
        Assert.Equal(90, account.Simulator.Webhooks.Single().BadAnswers.Count);
    }

    [Fact]
    public async Task Every_hook_comes_twice_on_demand_and_is_counted_apart()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.DeliverHooksTwice = true);
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.CreateLeads(3);
        await account.Simulator.WaitForHooksAsync();
        Assert.Equal([2, 2, 2], receiver.Hooks.GroupBy(hook => hook.Body).Select(copies => copies.Count()));
        HookStatistics hooks = account.Simulator.GetStatistics().Hooks;
        Assert.Equal((3, 3, 3, 3, 3), (hooks.Changes, hooks.Sent, hooks.Attempts, hooks.Acknowledged, hooks.ExtraDeliveries));
    }

    [Fact]
    public async Task Only_those_who_asked_are_told()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await using HookReceiver leads = await HookReceiver.StartAsync();
        await using HookReceiver tasks = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(leads.Address, "add_lead", "status_lead", "update_lead");
        account.Simulator.Subscribe(tasks.Address, "add_task");
        long lead = account.Simulator.CreateLeads(1)[0];
        account.Simulator.CreateTask(EntityKind.Lead, lead, "Call");
        account.Simulator.MoveLead(lead, 142);
        account.Simulator.CreateContacts(1);
        await account.Simulator.WaitForHooksAsync();
        // A single move sends a status hook and an update hook.
        Assert.Equal(
            ["leads[add]", "leads[status]", "leads[update]"],
            leads.Hooks.Select(hook => hook.Pairs[3].Key[..hook.Pairs[3].Key.IndexOf("[0]", StringComparison.Ordinal)]).Order());
        Assert.StartsWith("task[add]", tasks.Hooks.Single().Pairs[3].Key, StringComparison.Ordinal);
        Assert.Equal((5, 4), (account.Simulator.GetStatistics().Hooks.Changes, account.Simulator.GetStatistics().Hooks.Queued));
    }

    private static Task<TestAccount> StartAsync(FakeTimeProvider time) => TestAccount.StartAsync(options => options.TimeProvider = time);

    private static async Task<PendingHook> WaitForAttemptAsync(KommoSimulator simulator, int attempt)
    {
        PendingHook? hook = null;
        await EventuallyAsync(() => (hook = simulator.PendingHooks.SingleOrDefault(pending => pending.Attempt == attempt)) is not null);
        return hook!;
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }
}
