using System.Text;
using Azure.Data.Tables;
using Kommo;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>Commands of up to 64,000 characters, in every language: stored, sent, dead, edited, replayed.</summary>
public sealed class LargeCommandTests(AzuriteFixture azurite)
{
    private const int Largest = CommandText.MaxLength;

    private static readonly LaneKey Lane = new(1, "leads.notes.create");

    public static TheoryData<string> Letters => ["a", "é", "Ж", "中", "ب", "😀"];

    [Theory]
    [MemberData(nameof(Letters))]
    public async Task The_largest_command_is_sent_as_it_was_given_in_every_language(string letter)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        var text = Text(letter, Largest - 1_000);

        await host.Process.SendAsync(new AddNote(EntityType.Leads, NewNote.Common(lead, text)));
        await host.Process.PumpAsync(QueueNames.Dispatch);

        Assert.Empty(await host.Process.ReadDeadLettersAsync());
        Assert.Contains(host.Kommo.Notes, note => note.EntityId == lead);
        var session = await host.Process.Get<KommoFunctions.Accounts.AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        var note = await session.Kommo.NotesOn(EntityType.Leads).ListAsync().SingleAsync();
        Assert.Equal(text, note.Params!.Text);
        Assert.DoesNotContain(await host.ReadTableAsync(TableNames.Outbox), row => char.IsAsciiDigit(row.RowKey[0]));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("Ж")]
    [InlineData("😀")]
    public async Task A_command_above_the_limit_is_refused_with_what_to_do_and_none_of_its_event_is_stored(string letter)
    {
        await using var host = await CoreHost.StartAsync(azurite);

        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => host.Process.SendAsync(
            new AddNote(EntityType.Leads, NewNote.Common(1, "small")), new AddNote(EntityType.Leads, NewNote.Common(1, Text(letter, Largest)))));

        Assert.Contains("at most 64000 can be stored, in any language", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(await host.ReadTableAsync(TableNames.Outbox));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(29_999)]
    [InlineData(30_000)]
    [InlineData(30_001)]
    [InlineData(Largest)]
    public async Task What_is_stored_is_read_at_any_length(int length)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var store = host.Process.Get<OutboxStore>();
        var command = new PendingCommand("0001", Text("Ж中😀a", length), TimeProvider.System.GetUtcNow());

        await store.AddAsync(Lane, command, CancellationToken.None);

        var peeked = Assert.Single(await store.PeekAsync(Lane, 50, CancellationToken.None));
        Assert.Equal(command, peeked with { ETag = command.ETag });
        Assert.Equal(peeked, Assert.Single(await store.GetAsync(Lane, ["0001"], CancellationToken.None)));
        Assert.Equal((1, command.StoredAt), await store.CountAsync(Lane, 10, CancellationToken.None));
    }

    [Theory]
    [InlineData("a", Largest)]
    [InlineData("Ж", Largest)]
    [InlineData("😀", Largest)]
    [InlineData("中", 30_000)]
    [InlineData("\"", 30_000)]
    public async Task As_many_of_the_largest_as_come_at_once_are_stored_in_requests_that_storage_takes(string letter, int length)
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var store = host.Process.Get<OutboxStore>();
        var commands = Enumerable.Range(0, 60).Select(i => new PendingCommand($"{i:D4}", Text(letter, length), default)).ToList();

        await store.AddAsync(Lane, commands, CancellationToken.None);

        Assert.Equal(60, (await store.CountAsync(Lane, 100, CancellationToken.None)).Count);
        Assert.All(CommandRow.Transactions(commands), transaction =>
        {
            // What the service counts: base64 of a binary column, a text with each character escaped at worst.
            var size = transaction.Sum(command => command.Json.Length > 30_000
                ? Convert.ToBase64String(Encoding.UTF8.GetBytes(command.Json)).Length
                : JsonEncodedLength(command.Json));
            Assert.InRange(size, 1, (4 * 1024 * 1024) - (500 * transaction.Count));
            Assert.InRange(transaction.Count, 1, 100);
        });
        Assert.Equal(commands, CommandRow.Transactions(commands).SelectMany(transaction => transaction));
    }

    [Fact]
    public void Many_small_ones_still_go_in_one_request() =>
        Assert.Single(CommandRow.Transactions(Enumerable.Range(0, 50).Select(i => new PendingCommand($"{i}", Text("Ж", 2_000), default))));

    [Fact]
    public async Task A_command_that_the_version_before_stored_is_sent()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync(new AddNote(EntityType.Leads, NewNote.Common(lead, "Ж😀")));
        var table = host.Tables.GetTableClient(TableNames.Outbox);
        var row = (await host.ReadTableAsync(TableNames.Outbox)).Single(r => char.IsAsciiDigit(r.RowKey[0]));
        Assert.Contains("Ж😀", row.GetString("Json"), StringComparison.Ordinal);
        var escaped = row.GetString("Json").Replace("Ж", "\\u0416", StringComparison.Ordinal).Replace("😀", "\\uD83D\\uDE00", StringComparison.Ordinal);
        await table.UpdateEntityAsync(
            new TableEntity(row.PartitionKey, row.RowKey) { ["Json"] = escaped, ["StoredAt"] = row["StoredAt"] }, row.ETag, TableUpdateMode.Replace);

        await host.Process.PumpAsync(QueueNames.Dispatch);

        var session = await host.Process.Get<KommoFunctions.Accounts.AccountSessions>().GetAsync(host.AccountId, CancellationToken.None);
        Assert.Equal("Ж😀", (await session.Kommo.NotesOn(EntityType.Leads).ListAsync().SingleAsync()).Params!.Text);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("Ж")]
    [InlineData("😀")]
    public async Task A_dead_one_is_shown_edited_replayed_and_leaves_no_blob(string letter)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var text = Text(letter, Largest - 1_000);
        await host.Process.SendAsync(new AddNote(EntityType.Leads, NewNote.Common(404, text)));
        await host.Process.PumpAsync(QueueNames.Dispatch);
        var desk = new LetterDesk(host.Process);
        var letters = await desk.FindAsync(DeadLetterReasons.Refused);
        Assert.Contains(text, LetterDesk.TextOf(letters), StringComparison.Ordinal);

        var lead = host.Kommo.CreateLeads(1)[0];
        var edited = LetterDesk.TextOf(letters).Replace("404", $"{lead}", StringComparison.Ordinal);
        await desk.ReplayAsync(await desk.EditAsync(letters, edited));
        await host.Process.PumpAsync(QueueNames.Dispatch);

        Assert.Contains(host.Kommo.Notes, note => note.EntityId == lead);
        Assert.Empty(await desk.ListAsync());
        Assert.Empty(await BlobsAsync(host, ContainerNames.DeadLetters));
        Assert.Empty(await BlobsAsync(host, ContainerNames.Bodies));
    }

    [Fact]
    public async Task An_edited_one_that_comes_back_still_has_its_original_and_leaves_no_blob_when_it_is_discarded()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var text = Text("Ж", Largest - 1_000);
        await host.Process.SendAsync(new AddNote(EntityType.Leads, NewNote.Common(404, text)));
        await host.Process.PumpAsync(QueueNames.Dispatch);
        var desk = new LetterDesk(host.Process);
        var letter = await desk.FindAsync(DeadLetterReasons.Refused);

        await desk.ReplayAsync(await desk.EditAsync(letter, LetterDesk.TextOf(letter).Replace("404", "405", StringComparison.Ordinal)));

        var back = await host.Process.ReadDeadLetterAsync();
        Assert.Contains("405", back.Message.ToString(), StringComparison.Ordinal);
        Assert.Equal(LetterDesk.TextOf(letter), back.Original!.ToString());
        Assert.True(await host.Process.Get<DeadLetterStore>().DiscardAsync(back.AccountId, back.Id));
        Assert.Empty(await BlobsAsync(host, ContainerNames.DeadLetters));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_edit_may_be_as_long_as_a_command_however_it_is_escaped(bool escaped)
    {
        await using var host = await CoreHost.StartAsync(azurite);
        await host.Process.SendAsync(new AddNote(EntityType.Leads, NewNote.Common(404, "text")));
        await host.Process.PumpAsync(QueueNames.Dispatch);
        var desk = new LetterDesk(host.Process);
        var letter = await desk.FindAsync(DeadLetterReasons.Refused);
        var lead = host.Kommo.CreateLeads(1)[0];
        var text = string.Concat(Enumerable.Repeat(escaped ? "\\u0416" : "Ж", Largest - 1_000));

        var body = LetterDesk.TextOf(letter).Replace("404", $"{lead}", StringComparison.Ordinal).Replace("\"text\"}", $"\"{text}\"}}", StringComparison.Ordinal);
        await desk.ReplayAsync(await desk.EditAsync(letter, body));
        await host.Process.PumpAsync(QueueNames.Dispatch);

        Assert.Contains(host.Kommo.Notes, note => note.EntityId == lead);
        Assert.Empty(await desk.ListAsync());
    }

    [Fact]
    public async Task An_operator_counts_without_reading_what_is_counted()
    {
        await using var host = await CoreHost.StartAsync(azurite);
        var store = host.Process.Get<OutboxStore>();
        var lane = new LaneKey(host.AccountId, Lane.Lane);
        await store.AddAsync(lane, [.. Enumerable.Range(0, 100).Select(i => new PendingCommand($"{i:D4}", Text("a", Largest), default))], CancellationToken.None);
        for (var i = 0; i < 20; i++)
        {
            await host.Process.Get<DeadLetterStore>().AddAsync(SampleDeadLetter.Of(host.AccountId, $"d{i:D3}", Text("a", 100_000)), CancellationToken.None);
        }

        await host.Process.Get<KommoFunctions.Accounts.AccountEndpoints>().GetAsync(host.AccountId);
        var before = host.Proxy.Statistics.Snapshot();
        var answer = await host.Process.Get<KommoFunctions.Accounts.AccountEndpoints>().GetAsync(host.AccountId);

        var work = System.Text.Json.JsonElement.Parse(answer.Content.Span).GetProperty("work");
        Assert.Equal(20, work.GetProperty("deadLetters").GetInt32());
        Assert.Equal(100, Assert.Single(work.GetProperty("commands").EnumerateArray()).GetProperty("count").GetInt32());
        var asked = host.Proxy.Statistics.Snapshot().ToDictionary(entry => entry.Key, entry => entry.Value - before.GetValueOrDefault(entry.Key));
        Assert.DoesNotContain(asked, entry => entry.Key.Service == StorageService.Blob && entry.Value > 0);
        // One question a lane, one for the lane's state, one each for the account, its hold, what is parked, and the dead letters.
        Assert.InRange(asked.Values.Sum(), 1, host.Process.Get<Lanes>().Names.Count() + 6);
    }

    private static string Text(string letters, int length)
    {
        var text = new StringBuilder(length);
        while (text.Length + letters.Length <= length)
        {
            text.Append(letters);
        }

        return text.Append('a', length - text.Length).ToString();
    }

    private static int JsonEncodedLength(string text) => System.Text.Json.JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;

    private static async Task<List<string>> BlobsAsync(CoreHost host, string container)
    {
        var names = new List<string>();
        await foreach (var blob in host.Blobs.GetBlobContainerClient(container).GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
