using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class JsonHookTests
{
    private static readonly Gen<string> Name = Gen.String[Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char["_ \"\\/\u00e9\u4e2d"]), 1, 6];

    private static readonly Gen<JsonNode> Leaf = Gen.OneOf(
        Gen.String[Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char["[]&=%+ \"\\\u0000\n\u00e9\u4e2d"]), 0, 12].Select(text => (JsonNode)JsonValue.Create(text)),
        Gen.Long.Select(number => (JsonNode)JsonValue.Create(number)));

    private static readonly Gen<JsonNode> Item = Tree(3);

    [Fact]
    public void A_JSON_body_tells_what_the_same_structure_tells_as_a_form() =>
        Gen.Select(Gen.OneOf(Gen.Const("leads"), Gen.Const("contacts"), Name), Name, Item.Array[1, 3]).Sample((entity, action, items) =>
        {
            var json = new JsonObject { [entity] = new JsonObject { [action] = new JsonArray(items.Select(item => item.DeepClone()).ToArray()) } };
            var form = new List<string>();
            Flatten(json, "", form);

            var fromJson = WebhookParser.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())).Events;
            var fromForm = WebhookParser.Parse(Encoding.UTF8.GetBytes(string.Join('&', form))).Events;

            Assert.Equal(fromForm, fromJson);
            Assert.Equal(fromForm.Select(told => told.GetType()), fromJson.Select(told => told.GetType()));
        }, iter: 5_000);

    [Fact]
    public void Texts_are_read_without_their_escapes()
    {
        var lead = Single("""{"leads":{"add":[{"\u006eame":"\u0042\"\\\/\b\f\n\r\t\u00e9\ud83d\udc4b\ud83d!\udc4b"}]}}""");

        Assert.Equal("B\"\\/\b\f\n\r\té👋\uFFFD!\uFFFD", ((LeadAdded)lead).Name);
    }

    [Fact]
    public void Flags_and_missing_values_are_what_forms_make_of_them()
    {
        var element = (ListElementAdded)Single("""{"catalogs":{"add":[{"id":null,"name":null,"deleted":true,"custom_fields":null,"tags":[]}]}}""");

        Assert.Equal((null, "", true, 0, 0), (element.EntityId, element.Name, element.IsDeleted, element.CustomFields.Count, element.Tags.Count));
    }

    [Theory]
    [InlineData("""{"account_id":5,"leads":{"add":[{"id":1}]}}""", 5L, null)]
    [InlineData("""{"leads":{"add":[{"id":1}]},"account_id":"5","subdomain":"a"}""", 5L, "a")]
    [InlineData("""{"account":{"id":5,"subdomain":"a"},"leads":{"add":[{"id":1}]},"account_id":6,"subdomain":"b"}""", 5L, "a")]
    [InlineData("""{"account_id":6,"account":{"id":5},"leads":{"add":[{"id":1}]}}""", 5L, null)]
    [InlineData("""{"account_id":{"x":1},"account":7,"leads":{"add":[{"id":1}]}}""", null, null)]
    public void The_account_is_read_from_where_it_stands(string body, long? id, string? subdomain) =>
        Assert.Equal((id, subdomain), (Hooks.Parse(body).Account.Id, Hooks.Parse(body).Account.Subdomain));

    [Theory]
    [InlineData("""{"element_type":2}""", "leads", typeof(LeadNoteAdded))]
    [InlineData("""{"entity_type":"contacts"}""", "contacts", typeof(ContactNoteAdded))]
    [InlineData("""{"element_type":1,"type":"company"}""", "contacts", typeof(CompanyNoteAdded))]
    [InlineData("""{"element_type":"3"}""", "companies", typeof(CompanyNoteAdded))]
    [InlineData("""{"entity_type":"customer"}""", "customers", typeof(CustomerNoteAdded))]
    public void A_note_is_told_as_Kommo_tells_it_under_what_it_stands_on(string note, string entity, Type type)
    {
        var told = Single($"{{\"notes\":{{\"add\":[{note}]}}}}");

        Assert.IsType(type, told);
        Assert.Equal((entity, "note"), (told.Entity, told.Action));
        Assert.Equal(told, Assert.Single(WebhookParser.Parse(WebhookWriter.Write(new WebhookAccount(), told)).Events));
    }

    [Theory]
    [InlineData("""{"notes":{"add":[{"element_type":9}]}}""")]
    [InlineData("""{"notes":{"delete":[{"element_type":2}]}}""")]
    public void A_note_on_something_else_and_what_Kommo_does_not_tell_of_notes_stay_unknown(string body) =>
        Assert.IsType<UnknownEvent>(Single(body));

    [Fact]
    public void The_time_of_sending_is_read() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), Hooks.Parse("""{"timestamp":1700000000,"leads":{"add":[{"id":1}]}}""").SentAt);

    [Theory]
    [InlineData("\uFEFF{\"leads\":{\"add\":[{\"id\":1}]}}")]
    [InlineData(" \r\n\t{ \"leads\" : { \"add\" : { \"0\" : { \"id\" : \"1\" } } } }\r\n")]
    [InlineData("\uFEFFleads[add][0][id]=1")]
    public void What_stands_around_a_body_does_not_matter(string body) => Assert.Equal(1, Assert.IsType<LeadAdded>(Assert.Single(Hooks.Parse(body).Events)).EntityId);

    [Theory]
    [InlineData("""{"leads":{"add":[{"id":1}]}""", WebhookFormatReason.NotFormEncoded)]
    [InlineData("""{"leads":{"add":[{"id":1}]}} x""", WebhookFormatReason.NotFormEncoded)]
    [InlineData("""{'leads':1}""", WebhookFormatReason.NotFormEncoded)]
    [InlineData("""[{"leads":{"add":[{"id":1}]}}]""", WebhookFormatReason.NotFormEncoded)]
    [InlineData("""{}""", WebhookFormatReason.NoEvent)]
    [InlineData("""{"leads":{"add":[]}}""", WebhookFormatReason.NoEvent)]
    [InlineData("""{"timestamp":1,"version":"2"}""", WebhookFormatReason.NoEvent)]
    public void What_is_no_hook_is_refused_with_a_reason(string body, WebhookFormatReason reason) =>
        Assert.Equal(reason, Assert.Throws<WebhookFormatException>(() => Hooks.Parse(body)).Reason);

    [Fact]
    public void A_field_s_path_may_have_as_many_levels_as_in_a_form()
    {
        static string Deep(int levels) =>
            $"{{\"leads\":{{\"add\":[{string.Concat(Enumerable.Repeat("{\"a\":", levels))}1{new string('}', levels)}]}}}}";

        Assert.Single(Hooks.Parse(Deep(WebhookParser.MaxDepth)).Events);
        Assert.Equal(WebhookFormatReason.TooDeep, Assert.Throws<WebhookFormatException>(() => Hooks.Parse(Deep(WebhookParser.MaxDepth + 1))).Reason);
        Assert.Equal(WebhookFormatReason.TooDeep, Assert.Throws<WebhookFormatException>(() => Hooks.Parse(Deep(1000))).Reason);
    }

    [Fact]
    public void A_short_text_that_stands_for_too_much_is_refused()
    {
        var values = string.Join(',', Enumerable.Repeat("1", 1000));
        string Body(int name) => $"{{\"{new string('n', name)}\":{{\"add\":[{{\"a\":[{values}]}}]}}}}";

        Assert.Single(Hooks.Parse(Body(4000)).Events);
        Assert.Equal(WebhookFormatReason.TooLarge, Assert.Throws<WebhookFormatException>(() => Hooks.Parse(Body(4200))).Reason);
    }

    [Fact]
    public void A_body_may_have_100_000_fields_and_no_more()
    {
        static string Body(int keys) => $"{{\"leads\":{{\"add\":[{string.Join(',', Enumerable.Repeat("{\"id\":1}", keys))}]}}}}";

        Assert.Equal(WebhookParser.MaxKeys, Hooks.Parse(Body(WebhookParser.MaxKeys)).Events.Count);
        Assert.Equal(
            WebhookFormatReason.TooManyKeys, Assert.Throws<WebhookFormatException>(() => Hooks.Parse(Body(WebhookParser.MaxKeys + 1))).Reason);
    }

    private static WebhookEvent Single(string body) => Assert.Single(Hooks.Parse(body).Events);

    private static Gen<JsonNode> Tree(int levels) => levels == 0
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (3, Gen.Select(Name, Tree(levels - 1), KeyValuePair.Create).Array[1, 4].Select(pairs => (JsonNode)new JsonObject(
                pairs.DistinctBy(pair => pair.Key).Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value.DeepClone()))))),
            (1, Tree(levels - 1).Array[1, 3].Select(items => (JsonNode)new JsonArray(items.Select(item => item.DeepClone()).ToArray()))));

    private static void Flatten(JsonNode? node, string path, List<string> form)
    {
        var children = node switch
        {
            JsonObject named => named.Select(child => (child.Key, child.Value)),
            JsonArray list => list.Select((child, index) => (index.ToString(CultureInfo.InvariantCulture), child)),
            _ => null,
        };
        if (children is null)
        {
            form.Add($"{Uri.EscapeDataString(path)}={Uri.EscapeDataString(node!.ToString())}");
            return;
        }

        foreach (var (name, child) in children)
        {
            Flatten(child, path.Length == 0 ? name : $"{path}[{name}]", form);
        }
    }
}
