using System.Security.Cryptography;
using System.Text;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.DeadLetters;

public sealed class EditTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_edit_keeps_the_original_and_is_counted_and_dated()
    {
        var (host, desk) = await StartAsync();
        await using var _ = host;

        var edited = await desk.EditAsync(await desk.EditAsync(await desk.FindAsync("not-a-hook"), Hooks.LeadAdded(1)), Hooks.LeadAdded(2));

        Assert.Equal("leads[add][0][id]=2", LetterDesk.TextOf(edited).Split('&')[0]);
        Assert.Equal("no hook", edited.GetProperty("originalBody").GetProperty("text").GetString());
        Assert.Equal(2, edited.GetProperty("edits").GetInt32());
        Assert.InRange(edited.GetProperty("editedAt").GetDateTimeOffset(), edited.GetProperty("diedAt").GetDateTimeOffset(), DateTimeOffset.MaxValue);
        Assert.Equal("2", edited.GetProperty("subject").GetProperty("entityId").GetString());
    }

    [Fact]
    public async Task An_edit_can_be_undone()
    {
        var (host, desk) = await StartAsync();
        await using var _ = host;
        var edited = await desk.EditAsync(await desk.FindAsync("not-a-hook"), Hooks.LeadAdded(1));

        Assert.Equal(200, (await desk.TryUndoAsync(edited)).StatusCode);

        var undone = await desk.FindAsync("not-a-hook");
        Assert.Equal(("no hook", 0), (LetterDesk.TextOf(undone), undone.GetProperty("edits").GetInt32()));
        Assert.False(undone.TryGetProperty("originalBody", out var _));
        Assert.Equal(409, (await desk.TryUndoAsync(undone)).StatusCode);
    }

    [Fact]
    public async Task Of_two_operators_who_edit_the_same_the_second_is_told()
    {
        var (host, desk) = await StartAsync();
        await using var _ = host;
        var seen = await desk.FindAsync("not-a-hook");
        await desk.TryEditAsync(seen, Hooks.LeadAdded(1));

        var answer = await desk.TryEditAsync(seen, Hooks.LeadAdded(2));

        Assert.Equal(412, answer.StatusCode);
        Assert.Contains("Read it again", LetterDesk.DetailOf(answer), StringComparison.Ordinal);
        Assert.StartsWith("leads[add][0][id]=1&", LetterDesk.TextOf(await desk.FindAsync("not-a-hook")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_without_a_version_or_without_json_is_refused()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var endpoints = host.Process.Get<DeadLetterEndpoints>();

        Assert.Equal(428, (await endpoints.EditAsync(1, "x", new MemoryStream("{}"u8.ToArray()), "application/json", null)).StatusCode);
        Assert.Equal(415, (await endpoints.EditAsync(1, "x", new MemoryStream("{}"u8.ToArray()), "text/plain", "W/\"1\"")).StatusCode);
        Assert.Equal(400, (await endpoints.EditAsync(1, "x", new MemoryStream("{}"u8.ToArray()), "application/json", "W/\"1\"")).StatusCode);
        Assert.Equal(404, (await endpoints.EditAsync(1, "x", new MemoryStream("{\"body\":\"\"}"u8.ToArray()), "application/json", "W/\"1\"")).StatusCode);
    }

    [Fact]
    public async Task An_edit_made_while_a_replay_is_under_way_survives_when_that_dies()
    {
        var (host, desk) = await StartAsync();
        await using var _ = host;
        await desk.TryReplayAsync(await desk.FindAsync("not-a-hook"));
        await desk.EditAsync(await desk.FindAsync("not-a-hook"), Hooks.LeadAdded(5));

        await host.Process.SettleAsync();

        var after = await desk.FindAsync("not-a-hook");
        Assert.Equal((1, 1), (after.GetProperty("replays").GetInt32(), after.GetProperty("edits").GetInt32()));
        await desk.ReplayAsync(after);
        Assert.Equal(5, Assert.Single(host.Script.Seen).Event.EntityId);
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task A_body_too_large_for_a_message_can_be_given_and_is_removed_with_the_dead_letter()
    {
        var (host, desk) = await StartAsync();
        await using var _ = host;
        var noise = Convert.ToBase64String(RandomNumberGenerator.GetBytes(60_000)).Replace('+', 'x').Replace('=', 'x');

        await desk.EditAsync(await desk.FindAsync("not-a-hook"), Hooks.LeadAdded(5, noise));
        await desk.ReplayAsync(await desk.EditAsync(await desk.FindAsync("not-a-hook"), Hooks.LeadAdded(6, noise)));

        Assert.Equal(6, Assert.Single(host.Script.Seen).Event.EntityId);
        var letters = host.Blobs.GetBlobContainerClient(ContainerNames.DeadLetters);
        Assert.Empty(await letters.GetBlobsAsync().ToListAsync());
    }

    [Fact]
    public async Task A_command_that_is_none_of_its_lane_is_refused()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.Get<DeadLetterStore>().AddAsync(
            SampleDeadLetter.Of(host.AccountId, "0001", "{}") with { Source = "outbox:tasks.create", Reason = DeadLetterReasons.Refused },
            CancellationToken.None);
        var desk = new LetterDesk(host.Process);
        var letter = await desk.FindAsync(DeadLetterReasons.Refused);

        Assert.Equal(422, (await desk.TryEditAsync(letter, "{\"text\":")).StatusCode);
        Assert.Equal(422, (await desk.TryEditAsync(letter, "null")).StatusCode);
        Assert.Equal(422, (await desk.TryEditAsync(letter, "{\"text\":{}}")).StatusCode);
        Assert.Equal(422, (await desk.TryEditAsync(letter, $"\"{new string('x', 30_000)}\"")).StatusCode);
    }

    [Fact]
    public async Task A_command_whose_lane_is_no_more_is_not_put_back_to_where_nobody_would_find_it()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        await host.Process.Get<DeadLetterStore>().AddAsync(
            SampleDeadLetter.Of(1, "0001", "{}") with { Source = "outbox:faxes.create", Reason = DeadLetterReasons.Refused },
            CancellationToken.None);
        var desk = new LetterDesk(host.Process);

        var answer = await desk.TryReplayAsync(await desk.FindAsync(DeadLetterReasons.Refused));

        Assert.Equal(409, answer.StatusCode);
        Assert.Contains("faxes.create", LetterDesk.DetailOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_could_not_be_read_needs_an_account_and_a_body_before_it_can_be_replayed()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.ProcessAsync(QueueNames.Hooks, BinaryData.FromString("nonsense"));
        var desk = new LetterDesk(host.Process);
        var letter = await desk.FindAsync(DeadLetterReasons.Unreadable);

        Assert.Equal(409, (await desk.TryReplayAsync(letter)).StatusCode);
        Assert.Equal(422, (await desk.TryEditAsync(letter, Hooks.LeadAdded(1))).StatusCode);
        Assert.Equal(422, (await desk.TryEditAsync(letter, "nonsense", host.AccountId)).StatusCode);
        var adopted = await desk.EditAsync(letter, Hooks.LeadAdded(1), host.AccountId);
        Assert.Equal(host.AccountId, adopted.GetProperty("accountId").GetInt64());
        Assert.Equal("nonsense", adopted.GetProperty("originalBody").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_bots_token_is_shown_without_its_signature_and_works_without_it()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var token = Signed.Jwt(Signed.Claims(host.AccountId, TimeProvider.System.GetUtcNow()));
        var request = $$"""{"token":"{{token}}","data":1,"return_url":"https://example.kommo.com/api/v4/salesbot/321/continue/654"}""";
        await host.Process.Get<SalesbotIntake>().ReceiveAsync(new MemoryStream(Encoding.UTF8.GetBytes(request)), null);
        await host.Process.SettleAsync();
        var desk = new LetterDesk(host.Process);

        var letter = await desk.FindAsync(DeadLetterReasons.NoHandler);

        Assert.DoesNotContain(token.Split('.')[2], letter.ToString(), StringComparison.Ordinal);
        Assert.Contains(token.Split('.')[1], letter.ToString(), StringComparison.Ordinal);
        Assert.Equal(200, (await desk.TryEditAsync(letter, LetterDesk.TextOf(letter))).StatusCode);
    }

    /// <summary>A host with one dead letter: a body that is no hook.</summary>
    private async Task<(CoreHost Host, LetterDesk Desk)> StartAsync()
    {
        var host = await CoreHost.StartAsync(azurite);
        await host.Process.PostHookAsync("no hook");
        await host.Process.SettleAsync();
        return (host, new LetterDesk(host.Process));
    }
}
