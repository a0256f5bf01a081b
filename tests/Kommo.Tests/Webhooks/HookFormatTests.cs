using System.Text;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class HookFormatTests
{
    [Theory]
    [InlineData(Hooks.Account + "&leads[add][0][id]=1")]
    [InlineData("leads[add][0][id]=1&" + Hooks.Account)]
    [InlineData("account[id]=30000001&leads[add][0][id]=1&account[_links][self]=https://example.amocrm.com&account[subdomain]=example\r\n")]
    public void The_account_is_read_wherever_it_stands(string body) => Assert.Equal(
        new WebhookAccount(30000001, "example", new Uri("https://example.amocrm.com")), Hooks.Parse(body).Account);

    [Theory]
    [InlineData("leads[add][0][id]=1")]
    [InlineData("leads[add][0][id]=1&account[id]=x&account[_links][self]=%00")]
    public void An_account_that_is_missing_or_broken_does_not_hide_the_event(string body)
    {
        Assert.Equal(new WebhookAccount(), Hooks.Parse(body).Account);
        Assert.Single(Hooks.Parse(body).Events);
    }

    [Fact]
    public void Several_entities_actions_and_indices_are_all_events()
    {
        var events = Hooks.Parse(
            "contacts[add][0][id]=1&leads[update][0][id]=2&leads[update][1][id]=3&leads[status][0][id]=4&task[add][7][id]=5").Events;

        Assert.Equal(
            [typeof(ContactAdded), typeof(LeadUpdated), typeof(LeadUpdated), typeof(LeadStatusChanged), typeof(TaskAdded)],
            events.Select(told => told.GetType()));
        Assert.Equal([1, 2, 3, 4, 5], events.Select(told => told.EntityId!.Value));
    }

    [Fact]
    public void Items_whose_fields_are_mixed_are_put_together()
    {
        var body = new StringBuilder();
        for (var round = 0; round < 3; round++)
        {
            for (var item = 0; item < 20; item++)
            {
                body.Append(System.Globalization.CultureInfo.InvariantCulture, $"&leads[add][{item}][f{round}]={item}");
            }
        }

        var events = Hooks.Parse(body.ToString()).Events;

        Assert.Equal(20, events.Count);
        Assert.All(events, (told, item) => Assert.Equal(
            Enumerable.Range(0, 3).Select(round => new WebhookField($"f{round}", $"{item}")), told.Fields));
    }

    [Fact]
    public void The_same_item_is_found_however_its_brackets_are_written()
    {
        var lead = Assert.Single(Hooks.Parse("leads[add][0][id]=1&leads%5Badd%5D%5B0%5D%5Bname%5D=a&leads%5badd%5d[0][price]=2").Events);

        Assert.Equal(["id", "name", "price"], lead.Fields.Select(field => field.Path));
    }

    [Theory]
    [InlineData("customers[restore][0][period_id]=3", "customers", "restore", "period_id")]
    [InlineData("unsorted[merge][0][accept_result][leads][0]=5", "unsorted", "merge", "accept_result[leads][0]")]
    [InlineData("leads[snoozed][0][id]=5", "leads", "snoozed", "id")]
    [InlineData("update[0][waba_footer]=x", "", "update", "waba_footer")]
    [InlineData("add[waba_footer]=x", "", "add", "waba_footer")]
    [InlineData("event[data][id]=5", "event", "data", "id")]
    [InlineData("leads[add][0]=5", "leads", "add", "")]
    [InlineData("leads[add]=5", "leads", "add", "")]
    public void An_event_without_a_type_is_kept_whole(string body, string entity, string action, string path)
    {
        var told = Assert.Single(Hooks.Parse(body).Events);

        Assert.Equal((entity, action, path), (told.Entity, told.Action, Assert.Single(told.Fields).Path));
    }

    [Fact]
    public void An_id_that_is_no_number_is_no_id() =>
        Assert.Null(Hooks.Single<MessageReceived>("message[add][0][id]=6a5e2f3c-0000-0000-0000-000000000000").EntityId);

    [Theory]
    [InlineData("", WebhookFormatReason.Empty)]
    [InlineData("\r\n", WebhookFormatReason.Empty)]
    [InlineData("{\"a\":\"b=c\"}", WebhookFormatReason.NoEvent)]
    [InlineData("{\"a\":{\"b\":[", WebhookFormatReason.NotFormEncoded)]
    [InlineData("<html a=b>", WebhookFormatReason.NotFormEncoded)]
    [InlineData("hello", WebhookFormatReason.NotFormEncoded)]
    [InlineData("a=\u0000", WebhookFormatReason.NotFormEncoded)]
    [InlineData("a=b&c=d", WebhookFormatReason.NoEvent)]
    [InlineData("&&=&", WebhookFormatReason.NoEvent)]
    [InlineData("[add][0][id]=1", WebhookFormatReason.NoEvent)]
    [InlineData("leads[add=1", WebhookFormatReason.NoEvent)]
    [InlineData(Hooks.Account, WebhookFormatReason.NoEvent)]
    public void What_is_no_hook_is_refused_with_a_reason(string body, WebhookFormatReason reason) =>
        Assert.Equal(reason, Assert.Throws<WebhookFormatException>(() => Hooks.Parse(body)).Reason);

    [Fact]
    public void A_field_s_path_may_have_16_levels_and_no_more()
    {
        static string Deep(int levels) => $"leads[add][0]{string.Concat(Enumerable.Repeat("[a]", levels))}=1";

        Assert.Single(Hooks.Parse(Deep(WebhookParser.MaxDepth)).Events);
        Assert.Equal(WebhookFormatReason.TooDeep, Assert.Throws<WebhookFormatException>(() => Hooks.Parse(Deep(WebhookParser.MaxDepth + 1))).Reason);
        Assert.Throws<ArgumentException>(() => WebhookFields.From([new($"a{string.Concat(Enumerable.Repeat("[a]", WebhookParser.MaxDepth))}", "1")]));
        Assert.Equal(
            WebhookFormatReason.TooDeep,
            Assert.Throws<WebhookFormatException>(() => Hooks.Parse($"leads[add][0][id]=1&{Deep(WebhookParser.MaxDepth + 1)}")).Reason);
    }

    [Fact]
    public void A_body_may_have_100_000_fields_and_no_more()
    {
        static string Body(int keys) => string.Join('&', Enumerable.Range(0, keys).Select(key => $"leads[add][{key}][id]={key}"));

        Assert.Equal(WebhookParser.MaxKeys, Hooks.Parse(Body(WebhookParser.MaxKeys)).Events.Count);
        Assert.Equal(
            WebhookFormatReason.TooManyKeys, Assert.Throws<WebhookFormatException>(() => Hooks.Parse(Body(WebhookParser.MaxKeys + 1))).Reason);
    }

    [Fact]
    public void The_body_may_be_reused_after_parsing()
    {
        var body = Encoding.UTF8.GetBytes("leads[add][0][name]=first");
        var hook = WebhookParser.Parse(body);

        body.AsSpan().Fill((byte)'x');

        Assert.Equal("first", hook.Events.Single().Fields["name"]);
    }

    [Fact]
    public void Of_a_field_sent_twice_the_last_counts_and_both_are_kept()
    {
        var lead = Hooks.Single<LeadAdded>("leads[add][0][name]=a&leads[add][0][name]=b");

        Assert.Equal(("b", 2), (lead.Name, lead.Fields.Count));
    }

    [Theory]
    [InlineData("leads[add][0][name]=100%", "100%")]
    [InlineData("leads[add][0][name]=%zz%4", "%zz%4")]
    [InlineData("leads[add][0][name]=a=b", "a=b")]
    [InlineData("leads[add][0][name]&leads[add][0][id]=1", "")]
    public void A_value_that_is_badly_encoded_is_kept_as_it_is(string body, string name) => Assert.Equal(name, Hooks.Single<LeadAdded>(body).Name);
}
