using System.Text;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class TypedValueTests
{
    private const string Fields = "leads[update][0][custom_fields]";

    [Fact]
    public void A_custom_field_is_found_by_its_id_and_by_its_code()
    {
        var lead = Hooks.Single<LeadUpdated>(
            $"{Fields}[0][id]=10&{Fields}[0][code]=PHONE&{Fields}[0][values][0][value]=%2B1555&{Fields}[1][id]=11&{Fields}[1][values][0]=5");

        Assert.Equal("+1555", lead.CustomFields.Find(10)?.Text);
        Assert.Equal("+1555", lead.CustomFields.Find("phone")?.Text);
        Assert.Equal("5", lead.CustomFields.Find(11)?.Text);
        Assert.Null(lead.CustomFields.Find(12));
        Assert.Null(lead.CustomFields.Find("EMAIL"));
    }

    [Theory]
    [InlineData("1250000.75", "1250000.75")]
    [InlineData("-3", "-3")]
    [InlineData("0", "0")]
    [InlineData("1 000", null)]
    [InlineData("", null)]
    [InlineData("1e400", null)]
    public void An_amount_is_exact(string text, string? expected)
    {
        var lead = Hooks.Single<LeadUpdated>($"leads[update][0][price]={text}&{Fields}[0][values][0][value]={text}");

        var number = expected is null ? (decimal?)null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((number, number), (lead.Price, lead.CustomFields[0].Values[0].Number));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("", null)]
    [InlineData("yes", null)]
    public void A_checkbox_is_ticked_or_not(string text, bool? expected) => Assert.Equal(
        expected, Hooks.Single<LeadUpdated>($"{Fields}[0][id]=1&{Fields}[0][values][0][value]={text}").CustomFields[0].Values[0].IsChecked);

    [Fact]
    public void Fields_below_a_path_are_told_from_there_on()
    {
        var fields = Hooks.Single<IncomingLeadAdded>("unsorted[add][0][source_data][from][name]=Bob&unsorted[add][0][source_data]=x&unsorted[add][0][source_data2]=y").Fields;

        Assert.Equal([new WebhookField("from[name]", "Bob")], fields.Below("source_data"));
        Assert.Equal([new WebhookField("name", "Bob")], fields.Below("source_data[from]"));
        Assert.Empty(fields.Below("nothing"));
    }

    [Theory]
    [InlineData("{\"event_source\":{\"id\":\"7\",\"author_name\":\"A\",\"type\":2}}", "7", "A", "2")]
    [InlineData("{\"event_source\":{}}", null, null, null)]
    [InlineData("{\"event_source\":{\"id\":null,\"type\":[1]}}", null, null, null)]
    public void A_note_tells_where_it_came_from(string metadata, string? id, string? author, string? type) =>
        Assert.Equal(new WebhookNoteSource(id, author, type), Note(metadata).Source);

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{\"event_source\":5}")]
    public void Metadata_of_another_shape_stays_a_text(string metadata) => Assert.Equal((metadata, null), (Note(metadata).Metadata, Note(metadata).Source));

    [Fact]
    public void An_event_tells_when_it_happened_from_the_best_time_that_it_has()
    {
        Assert.Equal(4, At("[created_at]=2", "[last_modified]=3", "[updated_at]=4"));
        Assert.Equal(3, At("[created_at]=2", "[last_modified]=3"));
        Assert.Equal(2, At("[created_at]=2"));
        Assert.Null(At("[id]=2"));
    }

    [Fact]
    public void The_events_of_a_hook_are_the_same_each_time_they_are_read()
    {
        var hook = Hooks.Parse("leads[add][0][id]=1&leads[update][0][id]=2");

        Assert.Equal(hook.Events, hook.Events);
        Assert.Equal(hook.Events.ToList()[1], hook.Events[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => hook.Events[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => hook.Events[-1]);
    }

    [Fact]
    public void A_body_of_more_than_16_MB_is_refused()
    {
        var body = Encoding.UTF8.GetBytes("leads[add][0][name]=".PadRight(WebhookParser.MaxBytes, 'x'));

        Assert.Single(WebhookParser.Parse(body).Events);
        Assert.Equal(WebhookFormatReason.TooLarge, Assert.Throws<WebhookFormatException>(() => WebhookParser.Parse((byte[])[.. body, (byte)'x'])).Reason);
    }

    private static long? At(params string[] pairs) =>
        Hooks.Single<LeadUpdated>(string.Join('&', pairs.Select(pair => $"leads[update][0]{pair}"))).OccurredAt?.ToUnixTimeSeconds();

    private static WebhookNote Note(string metadata) =>
        Hooks.Single<LeadNoteAdded>($"leads[note][0][note][id]=1&leads[note][0][note][metadata]={Uri.EscapeDataString(metadata)}").Note;
}
