using Kommo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Tests.Writing;

public sealed class BatchTests
{
    private static readonly WriteOptions Twos = new() { BatchSize = 2 };

    [Fact]
    public async Task Many_items_go_in_batches_and_each_has_its_result_in_order()
    {
        await using var server = await BatchServer.StartAsync((_, _) => null);

        var results = await server.BareClient().Leads.CreateAsync(Leads("a", "b", "c", "d", "e"), Twos);

        Assert.Equal(["a,b", "c,d", "e"], server.Batches());
        Assert.Equal([1000, 1001, 1002, 1003, 1004], results.ThrowIfAnyFailed().Select(created => created.Id));
        Assert.Equal(3, results.Requests);
    }

    [Fact]
    public async Task Fifty_is_the_size_of_a_batch_unless_another_is_wanted()
    {
        await using var server = await BatchServer.StartAsync((_, _) => null);

        var results = await server.BareClient().Leads.CreateAsync(Enumerable.Range(0, 120).Select(i => new NewLead { Name = "x" }));

        Assert.Equal((120, 3), (results.Answers.Count(), server.Requests.Count));
    }

    [Fact]
    public async Task A_refused_item_is_reported_and_the_sound_ones_of_its_batch_are_written()
    {
        await using var server = await BatchServer.StartAsync(
            (_, items) => items.Any(item => item.GetProperty("name").GetString() == "b") ? BatchServer.Refusal(("1", "name")) : null);

        var results = await server.BareClient().Leads.CreateAsync(Leads("a", "b", "c"), Twos);

        Assert.Equal(["a,b", "a", "c"], server.Batches());
        Assert.Equal([WriteOutcome.Succeeded, WriteOutcome.Failed, WriteOutcome.Succeeded], results.Select(result => result.Outcome));
        Assert.Equal("name", results[1].Problems.Single().Path);
        Assert.IsType<KommoValidationException>(results[1].Error);
    }

    [Fact]
    public async Task Sound_items_of_a_refused_batch_are_not_sent_again_when_that_is_not_wanted()
    {
        await using var server = await BatchServer.StartAsync((request, _) => request == 1 ? BatchServer.Refusal(("1", "name")) : null);

        var results = await server.BareClient().Leads.CreateAsync(Leads("a", "b", "c"), Twos with { ResendSoundItems = false });

        Assert.Equal(["a,b", "c"], server.Batches());
        Assert.Equal([WriteOutcome.Failed, WriteOutcome.Failed, WriteOutcome.Succeeded], results.Select(result => result.Outcome));
        Assert.Empty(results[0].Problems);
    }

    [Fact]
    public async Task A_batch_whose_fate_is_unknown_does_not_stop_the_others()
    {
        await using var server = await BatchServer.StartAsync((request, _) => request == 1 ? new Answer(500, "{}") : null);

        var results = await server.BareClient().Leads.CreateAsync(Leads("a", "b", "c"), Twos);

        Assert.Equal(["a,b", "c"], server.Batches());
        Assert.Equal([WriteOutcome.Unknown, WriteOutcome.Unknown, WriteOutcome.Succeeded], results.Select(result => result.Outcome));
    }

    [Fact]
    public async Task Changes_that_took_Kommo_too_long_are_sent_again_in_halves()
    {
        await using var server = await BatchServer.StartAsync((_, items) => items.Count > 1 ? new Answer(504, "<html>") : null);

        var results = await server.BareClient().Leads.UpdateAsync(Updates(1, 2, 3, 4), new() { BatchSize = 4 });

        Assert.True(results.AllSucceeded);
        Assert.Equal(["n1,n2,n3,n4", "n1,n2", "n1", "n2", "n3,n4", "n3", "n4"], server.Batches());
    }

    [Fact]
    public async Task Creations_that_took_Kommo_too_long_are_not_sent_again_and_the_next_batches_are_half_as_large()
    {
        await using var server = await BatchServer.StartAsync((request, _) => request == 1 ? new Answer(504, "<html>") : null);

        var results = await server.BareClient().Leads.CreateAsync(Leads("a", "b", "c", "d"), Twos);

        Assert.Equal(["a,b", "c", "d"], server.Batches());
        Assert.Equal(
            [WriteOutcome.Unknown, WriteOutcome.Unknown, WriteOutcome.Succeeded, WriteOutcome.Succeeded], results.Select(result => result.Outcome));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(429)]
    public async Task An_error_that_all_batches_would_meet_ends_the_write_and_leaves_the_rest_unsent(int status)
    {
        await using var server = await BatchServer.StartAsync((request, _) => request == 2 ? Answer.Problem(status, """{"retry_after":300}""") : null);

        var results = await server.BareClient().Leads.CreateAsync(Leads("a", "b", "c", "d", "e"), Twos);

        Assert.Equal(["a,b", "c,d"], server.Batches());
        Assert.Equal(
            [WriteOutcome.Succeeded, WriteOutcome.Succeeded, WriteOutcome.Failed, WriteOutcome.Failed, WriteOutcome.NotSent],
            results.Select(result => result.Outcome));
        Assert.Same(results[3].Error, results[4].Error);
    }

    [Fact]
    public async Task A_limit_is_waited_for_when_that_is_wanted()
    {
        var asked = new TaskCompletionSource();
        await using var server = await BatchServer.StartAsync((request, _) =>
        {
            asked.TrySetResult();
            return request == 1 ? Answer.Problem(429, """{"retry_after":300}""") : null;
        });
        var time = new FakeTimeProvider();
        var write = server.BareClient().Leads.CreateAsync(
            Leads("a"), new() { LongestWait = TimeSpan.FromMinutes(5), TimeProvider = time });

        await asked.Task;
        while (!write.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Assert.True((await write).AllSucceeded);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Two_changes_of_one_entity_go_into_two_requests()
    {
        await using var server = await BatchServer.StartAsync((_, _) => null);

        var results = await server.BareClient().Leads.UpdateAsync(Updates(1, 2, 1, 3), new() { BatchSize = 10 });

        Assert.Equal(["n1,n2", "n1,n3"], server.Batches());
        Assert.True(results.AllSucceeded);
    }

    [Fact]
    public async Task An_item_that_the_answer_lacks_is_of_unknown_fate()
    {
        await using var server = await BatchServer.StartAsync(
            (_, _) => new Answer(200, """{"_embedded":{"leads":[{"id":1,"request_id":"0"}]}}"""));

        var results = await server.BareClient().Leads.CreateAsync(Leads("a", "b"), Twos);

        Assert.Equal([WriteOutcome.Succeeded, WriteOutcome.Unknown], results.Select(result => result.Outcome));
    }

    [Fact]
    public async Task An_item_against_a_limit_fails_alone_and_costs_no_request()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """[{"id":7,"contact_id":8,"company_id":null,"merged":false,"request_id":["1"]}]"""));
        var tooMany = Enumerable.Range(0, 41).Select(id => CustomFieldValues.For(id, "x")).ToList();

        var results = await server.BareClient().Leads.CreateComplexAsync(
            [new NewComplexLead { CustomFields = tooMany }, new NewComplexLead { Contact = new() { Name = "Ann Lee" } }]);

        Assert.IsType<KommoLimitException>(results[0].Error);
        Assert.Contains("40", results[0].Error!.Message, StringComparison.Ordinal);
        Assert.Equal((7, 8), (results[1].Answer!.Id, results[1].Answer!.ContactId));
        Assert.Equal("""[{"_embedded":{"contacts":[{"name":"Ann Lee"}]},"request_id":"1"}]""", server.Requests.Single().Body);
    }

    [Fact]
    public async Task A_cancelled_write_tells_what_was_done()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await BatchServer.StartAsync((_, _) => null);

        var error = await Assert.ThrowsAsync<KommoWriteCanceledException>(
            () => server.BareClient().Leads.CreateAsync(SourceAsync(), Twos, cancellation.Token));

        Assert.Equal([WriteOutcome.Succeeded, WriteOutcome.Succeeded, WriteOutcome.NotSent], error.Results.Select(result => result.Outcome));

        async IAsyncEnumerable<NewLead> SourceAsync()
        {
            yield return new NewLead { Name = "a" };
            yield return new NewLead { Name = "b" };
            yield return new NewLead { Name = "c" };
            await cancellation.CancelAsync();
            yield return new NewLead { Name = "d" };
        }
    }

    [Fact]
    public async Task A_failed_write_says_how_many_failed_and_nobody_s_data()
    {
        await using var server = await BatchServer.StartAsync((_, _) => BatchServer.Refusal(("0", "name"), ("1", "name")));
        var results = await server.BareClient().Leads.CreateAsync(Leads("secret", "secret"), Twos);

        var error = Assert.Throws<KommoWriteException>(results.ThrowIfAnyFailed);

        Assert.Equal("2 of 2 items were not written.", error.Message);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, error.Results.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(251)]
    public void A_batch_size_outside_1_to_250_is_refused(int size) =>
        Assert.Contains("250", Assert.Throws<KommoLimitException>(() => new WriteOptions { BatchSize = size }).Message, StringComparison.Ordinal);

    private static IEnumerable<NewLead> Leads(params string[] names) => names.Select(name => new NewLead { Name = name });

    private static IEnumerable<LeadUpdate> Updates(params long[] ids) => ids.Select(id => new LeadUpdate { Id = id, Name = $"n{id}" });
}
