using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class WebhookSettingsTests
{
    [Fact]
    public void A_type_of_event_gives_the_name_that_makes_Kommo_send_it()
    {
        Assert.Equal(["status_lead"], WebhookSettings.For(typeof(LeadStatusChanged)));
        Assert.Equal(["update_contact", "responsible_contact"], WebhookSettings.For(typeof(ContactUpdated)));
        Assert.Equal(["add_task", "update_task", "delete_task", "responsible_task"], WebhookSettings.For(typeof(TaskEvent)));
    }

    [Fact]
    public void The_base_of_all_events_gives_every_name_there_is()
    {
        var names = typeof(WebhookSettings).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order();

        Assert.Equal(names, WebhookSettings.For(typeof(WebhookEvent)).Order());
        Assert.Equal(33, WebhookSettings.For(typeof(WebhookEvent)).Count);
    }

    [Fact]
    public void Every_event_that_has_a_type_has_a_name()
    {
        var types = typeof(WebhookEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(WebhookEvent)));

        Assert.All(types, type => Assert.NotEmpty(WebhookSettings.For(type)));
    }

    [Theory]
    [InlineData(typeof(object))]
    [InlineData(typeof(string))]
    public void Another_type_is_refused(Type type) => Assert.Throws<ArgumentException>(() => WebhookSettings.For(type));
}
