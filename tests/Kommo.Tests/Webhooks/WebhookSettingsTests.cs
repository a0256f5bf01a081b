using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class WebhookSettingsTests
{
    [Fact]
    public void A_type_of_event_gives_the_name_that_makes_Kommo_send_it()
    {
        Assert.Equal(["status_lead"], WebhookSettings.For(typeof(LeadStatusChanged)));
        Assert.Equal(["update_contact", "responsible_contact"], WebhookSettings.For(typeof(ContactUpdated)));
        Assert.Equal(["add_message"], WebhookSettings.For(typeof(MessageReceived)));
        Assert.Equal(["add_task", "update_task", "delete_task", "responsible_task"], WebhookSettings.For(typeof(TaskEvent)));
    }

    [Theory]
    [InlineData(typeof(TaskCompleted), "update_task")]
    [InlineData(typeof(ContactResponsibleChanged), "responsible_contact")]
    [InlineData(typeof(CompanyResponsibleChanged), "responsible_company")]
    public void A_derived_event_gives_the_name_of_what_it_is_derived_from(Type type, string name) =>
        Assert.Equal([name], WebhookSettings.For(type));

    [Fact]
    public void The_base_of_all_events_gives_every_name_there_is()
    {
        var names = typeof(WebhookSettings).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order();

        Assert.Equal(names, WebhookSettings.For(typeof(WebhookEvent)).Order());
        Assert.Equal(33, WebhookSettings.For(typeof(WebhookEvent)).Count);
    }

    [Fact]
    public void Every_event_has_a_name_but_those_that_no_subscription_brings()
    {
        var without = typeof(WebhookEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(WebhookEvent)) && WebhookSettings.For(type).Count == 0);

        Assert.Equal(
            [
                nameof(CustomerPeriodChanged),
                nameof(IncomingLeadAccepted), nameof(IncomingLeadAdded), nameof(IncomingLeadDeclined), nameof(IncomingLeadDeleted),
                nameof(IncomingLeadEvent), nameof(IncomingLeadUpdated),
                nameof(LeadCallReceived), nameof(LeadChatReceived), nameof(LeadMailReceived), nameof(LeadSiteVisited),
                nameof(ListElementAdded), nameof(ListElementDeleted), nameof(ListElementEvent), nameof(ListElementUpdated),
                nameof(UnknownEvent),
            ],
            without.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(object))]
    [InlineData(typeof(string))]
    public void Another_type_is_refused(Type type) => Assert.Throws<ArgumentException>(() => WebhookSettings.For(type));
}
