using System.Text.Json;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.DeadLetters;

public sealed class ListTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Day = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_list_tells_of_each_what_happened_to_what_and_what_to_do_but_not_its_body()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Settings["Retry:HandlerAttempts"] = "1");
        host.Script.Do = (_, _, _) => throw new InvalidOperationException("broken");
        await host.Process.PostHookAsync(Hooks.LeadAdded(7, "Somebody"));
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var item = Assert.Single(await desk.ListAsync());

        Assert.Equal(("handler-failed", QueueNames.Events), (item.GetProperty("reason").GetString(), item.GetProperty("source").GetString()));
        Assert.Equal("InvalidOperationException: broken", item.GetProperty("lastError").GetString());
        Assert.StartsWith("Mend the handler", item.GetProperty("toDo").GetString(), StringComparison.Ordinal);
        Assert.Equal("7", item.GetProperty("subject").GetProperty("entityId").GetString());
        Assert.DoesNotContain("Somebody", item.ToString(), StringComparison.Ordinal);
        Assert.Contains("leads[add][0][name]=Somebody", LetterDesk.TextOf(await desk.ShowAsync(item)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account", "1", "a b")]
    [InlineData("account", "3", "")]
    [InlineData("reason", DeadLetterReasons.Poison, "b c")]
    [InlineData("source", QueueNames.Hooks, "a")]
    [InlineData("source", "outbox", "c d")]
    [InlineData("source", "outbox:tasks.create", "c")]
    [InlineData("from", "2026-01-31T02:00:00Z", "c d")]
    [InlineData("from", "2026-02-01", "")]
    [InlineData("to", "2026-01-31T03:00:00+02:00", "a")]
    public async Task A_filter_leaves_what_it_says(string name, string value, string ids)
    {
        await using var host = await StartAsync();

        Assert.Equal(ids, Ids(await new LetterDesk(host.Process).ListAsync((name, value))));
    }

    [Fact]
    public async Task Filters_add_up()
    {
        await using var host = await StartAsync();

        Assert.Equal("c", Ids(await new LetterDesk(host.Process).ListAsync(("account", "2"), ("reason", "poison"), ("source", "outbox"))));
    }

    [Theory]
    [InlineData("account", "x", "'account' should be a whole number, such as 30000001.")]
    [InlineData("account", "-1", "'account' should be a whole number, such as 30000001.")]
    [InlineData("from", "yesterday", "'from' should be a day or a time in UTC, such as 2026-01-31 or 2026-01-31T08:30:00Z.")]
    [InlineData("limit", "0", "'limit' should be a whole number from 1 to 200.")]
    [InlineData("limit", "201", "'limit' should be a whole number from 1 to 200.")]
    [InlineData("continue", "nonsense", "'continue' should be the value of 'continue' in the answer before, unchanged.")]
    [InlineData("source", "kommo-hook", "'source' should be one of kommo-hooks, kommo-hooks-busy, kommo-events, kommo-events-busy, kommo-dispatch, outbox, or a command route such as outbox:tasks.create.")]
    public async Task A_wrong_filter_is_refused_with_what_it_should_be(string name, string value, string detail)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);

        var answer = await new LetterDesk(host.Process).TryListAsync((name, value));

        Assert.Equal((400, detail), (answer.StatusCode, LetterDesk.DetailOf(answer)));
    }

    [Fact]
    public async Task A_reason_that_is_none_is_refused_with_all_that_there_are()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);

        var answer = await new LetterDesk(host.Process).TryListAsync(("reason", "bad-luck"));

        Assert.Equal(400, answer.StatusCode);
        Assert.All(
            [DeadLetterReasons.Unreadable, DeadLetterReasons.GaveUp, DeadLetterReasons.Poison],
            reason => Assert.Contains(reason, LetterDesk.DetailOf(answer), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Pages_of_any_size_hold_each_item_once(int limit)
    {
        await using var host = await StartAsync();

        Assert.Equal("a b c d", await ReadAllAsync(new LetterDesk(host.Process), limit, (_, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task What_is_discarded_between_two_pages_hides_nothing()
    {
        await using var host = await StartAsync();
        var store = host.Process.Get<DeadLetterStore>();

        var ids = await ReadAllAsync(new LetterDesk(host.Process), 1, (account, id) => store.DiscardAsync(account, id));

        Assert.Equal("a b c d", ids);
    }

    [Fact]
    public async Task A_command_that_is_back_in_the_outbox_is_not_listed()
    {
        await using var host = await StartAsync();
        await host.Process.Get<DeadLetterReplay>().ReplayAsync(2, "c");

        Assert.Equal("a b d", Ids(await new LetterDesk(host.Process).ListAsync()));
        Assert.Equal("d", Ids(await new LetterDesk(host.Process).ListAsync(("account", "2"))));
    }

    [Fact]
    public async Task What_is_under_way_again_says_so()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync("no hook");
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);
        var letter = Assert.Single(await desk.ListAsync());
        Assert.False(letter.GetProperty("underWay").GetBoolean());

        await desk.TryReplayAsync(letter);
        Assert.True(Assert.Single(await desk.ListAsync()).GetProperty("underWay").GetBoolean());

        await host.Process.SettleAsync();
        Assert.False(Assert.Single(await desk.ListAsync()).GetProperty("underWay").GetBoolean());
    }

    /// <summary>Four of two accounts.</summary>
    private async Task<CoreHost> StartAsync()
    {
        var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        await AddAsync(host, 1, "a", QueueNames.Hooks, DeadLetterReasons.Unreadable, hour: 0);
        await AddAsync(host, 1, "b", QueueNames.Events, DeadLetterReasons.Poison, hour: 1);
        await AddAsync(host, 2, "c", RefusedCommands.SourcePrefix + TaskLane.LaneName, DeadLetterReasons.Poison, hour: 2);
        await AddAsync(host, 2, "d", RefusedCommands.SourcePrefix + Lanes.UpdateOf(Kommo.EntityType.Leads), DeadLetterReasons.Refused, hour: 3);
        return host;
    }

    private static Task AddAsync(CoreHost host, long account, string id, string source, string reason, int hour) =>
        host.Process.Get<DeadLetterStore>().AddAsync(
            SampleDeadLetter.Of(account, id, "{}", Day) with { Source = source, Reason = reason, DiedAt = Day.AddHours(hour) },
            CancellationToken.None);

    private static async Task<string> ReadAllAsync(LetterDesk desk, int limit, Func<long, string, Task> afterEach)
    {
        var ids = new List<string>();
        string? next = null;
        do
        {
            var page = await desk.ReadPageAsync(("limit", $"{limit}"), ("continue", next ?? string.Empty));
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                ids.Add(item.GetProperty("id").GetString()!);
                await afterEach(item.GetProperty("accountId").GetInt64(), ids[^1]);
            }

            next = page.TryGetProperty("continue", out var value) ? value.GetString() : null;
        }
        while (next is not null);
        return string.Join(' ', ids);
    }

    private static string Ids(IEnumerable<JsonElement> items) => string.Join(' ', items.Select(item => item.GetProperty("id").GetString()));
}
