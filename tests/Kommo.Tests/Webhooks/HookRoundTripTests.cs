using System.Text;
using CsCheck;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class HookRoundTripTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char["[]&=%+ \u0000\n\u00e9\u4e2d"]), 0, 12];
    private static readonly Gen<string> Segment = Gen.String[Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char["_&=%+ \u00e9"]), 0, 6];

    private static readonly Gen<string> Path = Gen.OneOf(
        OneOf("id", "name", "type", "0[id]", "custom_fields[0][values][0][value]", "note[element_id]", "linked_leads_id[7][ID]"),
        Gen.Select(Segment, Segment.List[0, 4], (first, rest) => first + string.Concat(rest.Select(segment => $"[{segment}]"))));

    private static readonly Gen<WebhookFields> Fields =
        Gen.Select(Path, Text, KeyValuePair.Create).List[1, 8].Select(fields => WebhookFields.From(fields));

    private static readonly Gen<string> Entity = Gen.Frequency(
        (5, OneOf("leads", "contacts", "companies", "task", "customers", "talk", "")), (1, Segment));

    private static readonly Gen<string> Action = Gen.Frequency(
        (5, OneOf("add", "update", "delete", "restore", "status", "responsible", "note")), (1, Segment));

    private static readonly Gen<WebhookAccount> Account = Gen.Select(
        Gen.Long.Nullable(), Text.Null(), OneOf<Uri?>(null, new Uri("https://example.amocrm.com")), (id, name, self) => new WebhookAccount(id, name, self));

    [Fact]
    public void A_written_event_is_read_as_the_same_event() => Gen.Select(Account, Entity, Action, Fields).Sample((account, entity, action, fields) =>
    {
        WebhookEvent told;
        try
        {
            told = WebhookEvent.Create(entity, action, fields);
        }
        catch (ArgumentException)
        {
            // What no hook can carry is refused; that it is only that, the next test says.
            return;
        }

        var hook = WebhookParser.Parse(WebhookWriter.Write(account, told));

        Assert.Equal(account, hook.Account);
        var read = Assert.Single(hook.Events);
        Assert.Equal(told, read);
        Assert.Equal(told.GetType(), read.GetType());
        Assert.Equal(told.Fields.ToList(), read.Fields.ToList());
    }, iter: 5_000);

    [Theory]
    [InlineData("account", "add", "id")]
    [InlineData("", "note", "id")]
    [InlineData("le[ads", "add", "id")]
    [InlineData("leads", "a]dd", "id")]
    [InlineData("add", "0", "id")]
    [InlineData("add", "update", "id")]
    [InlineData("task", "update", "0[id]")]
    [InlineData("tasks", "update", "0[id]")]
    public void What_no_hook_can_carry_is_refused(string entity, string action, string path) => Assert.Throws<ArgumentException>(
        () => WebhookEvent.Create(entity, action, WebhookFields.From([new(path, "1")])));

    [Theory]
    [InlineData("", "add", "id")]
    [InlineData("leads", "add", "0[id]")]
    [InlineData("task", "update", "id")]
    [InlineData("tasks", "update", "id")]
    [InlineData("leads", "", "")]
    public void What_a_hook_can_carry_is_taken(string entity, string action, string path) => Assert.NotNull(
        WebhookEvent.Create(entity, action, WebhookFields.From([new(path, "1")])));

    [Theory]
    [InlineData("a]")]
    [InlineData("a[b")]
    [InlineData("a[b]c")]
    [InlineData("a[b[c]]")]
    public void A_path_that_no_key_has_is_refused(string path) =>
        Assert.Throws<ArgumentException>(() => WebhookFields.From([new(path, "1")]));

    [Fact]
    public void Whatever_is_read_is_written_and_read_again_as_the_same_events() => AnyBody.Sample(body =>
    {
        if (TryParse(body) is not { } hook)
        {
            return;
        }

        foreach (var told in hook.Events)
        {
            Assert.Equal(told, WebhookEvent.Create(told.Entity, told.Action, told.Fields));
            Assert.Equal(told, Assert.Single(WebhookParser.Parse(WebhookWriter.Write(hook.Account, told)).Events));
        }
    }, iter: 20_000);

    [Fact]
    public void No_body_makes_the_parser_or_a_typed_property_throw_anything_else() => AnyBody.Sample(body =>
    {
        foreach (var told in TryParse(body)?.Events ?? [])
        {
            foreach (var property in told.GetType().GetProperties())
            {
                property.GetValue(told);
            }
        }
    }, iter: 20_000);

    private static readonly Gen<byte[]> Tokens = OneOf(
        "leads", "contacts", "task", "companies", "account", "add", "[add]", "[update]", "[note]", "%5Bstatus%5D", "[0]", "%5b0%5d", "[1]", "[", "]",
        "%5B", "%5D", "%", "%4", "+", "&", "=", "&leads[add][0]", "&task[update][0][0]", "[id]", "[type]=company", "[custom_fields][0][values]",
        "[tags][0][id]", "[linked_leads_id][5][ID]", "[element_type]=9", "=1700000000", "=99999999999999999999", "=-1", "\u00e9", "[_links][self]=x")
        .List[1, 30].Select(tokens => Encoding.UTF8.GetBytes(string.Concat(tokens)));

    private static readonly Gen<byte[]> AnyBody = Gen.Frequency((4, Tokens), (1, Gen.Byte.Array[0, 200]));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static Webhook? TryParse(byte[] body)
    {
        try
        {
            return WebhookParser.Parse(body);
        }
        catch (WebhookFormatException)
        {
            return null;
        }
    }
}
