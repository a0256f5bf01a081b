using System.Text.Json.Nodes;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Core.Tests.OwnWrites;

/// <summary>
/// What a hook may show of a change. A change of our own must never be taken for somebody else's, however Kommo shows it: that may go round for ever.
/// </summary>
public sealed class WrittenValuesTests
{
    [Theory]
    [InlineData("""{"price":5}""", "price=5")]
    [InlineData("""{"price":5}""", "price=5.00")]
    [InlineData("""{"price":5.5}""", "price=5")]
    [InlineData("""{"price":5}""", "id=1")]
    [InlineData("""{"name":"Big  deal!"}""", "name=big deal")]
    [InlineData("""{"name":"<b>Big</b>"}""", "name=Big")]
    [InlineData("""{"name":"A & B"}""", "name=A &amp; B")]
    [InlineData("""{"name":"12345"}""", "name=12 345")]
    [InlineData("""{"name":"Сделка № 5"}""", "name=сделка 5")]
    [InlineData("""{"name":"Ann Lee","first_name":"Ann"}""", "name=Ann")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"value":"+7 (999) 123-45-67"}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][value]=79991234567")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"value":1700000000}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0]=1699999200")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"value":"2026-01-02T00:00:00+03:00"}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][value]=January")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"value":"https://example.com/a"}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][value]=www")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"value":true}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][value]=yes")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"enum_id":2},{"enum_id":1}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][enum]=1|custom_fields[0][values][1][enum]=2")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"enum_id":2}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][value]=A")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":null}]}""", "custom_fields[0][id]=8|custom_fields[0][values][0][value]=A")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"value":"ann@example.com","enum_code":"WORK"}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][value]=other@example.com")]
    [InlineData("""{"name":null,"price":null,"custom_fields_values":null}""", "name=a|price=1")]
    public void What_kommo_may_have_made_of_it_is_ours(string change, string shown) => Assert.True(Of(change).MayBeWhat(Fields(shown)));

    [Theory]
    [InlineData("""{"price":5}""", "price=6")]
    [InlineData("""{"status_id":142}""", "status_id=143")]
    [InlineData("""{"responsible_user_id":1}""", "responsible_user_id=2")]
    [InlineData("""{"name":"Big deal"}""", "name=Small deal")]
    [InlineData("""{"text":"Call"}""", "text=Write")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"value":"red"}]}]}""", "custom_fields[0][id]=6|custom_fields[0][values][0][value]=red|custom_fields[1][id]=7|custom_fields[1][values][0][value]=blue")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"enum_id":2}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][enum]=1")]
    [InlineData("""{"custom_fields_values":[{"field_id":7,"values":[{"enum_id":2}]}]}""", "custom_fields[0][id]=7|custom_fields[0][values][0][enum]=1|custom_fields[0][values][1][enum]=2")]
    public void Another_value_is_somebody_elses(string change, string shown) => Assert.False(Of(change).MayBeWhat(Fields(shown)));

    [Fact]
    public void What_is_remembered_of_a_large_change_is_bounded()
    {
        var fields = Enumerable.Range(1, 1000).Select(id => $$"""{"field_id":{{id}},"values":[{"value":"{{new string('x', 5000)}}"}]}""");

        var written = Of($$"""{"custom_fields_values":[{{string.Join(',', fields)}}]}""");

        Assert.InRange(written.Fields.Sum(field => field.Key.Length + field.Value.Length), 1000, 20_000);
    }

    private static WrittenValues Of(string change) => WrittenValues.Of((JsonObject)JsonNode.Parse(change)!);

    private static WebhookFields Fields(string pairs) =>
        WebhookFields.From(pairs.Split('|').Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1])));
}
