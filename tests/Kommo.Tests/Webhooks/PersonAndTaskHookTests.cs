using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class PersonAndTaskHookTests
{
    [Fact]
    public void A_contact_that_changed_carries_an_old_user_that_is_the_same()
    {
        var contact = Hooks.Single<ContactUpdated>(
            "contacts[update][0][id]=5&contacts[update][0][name]=Ann&contacts[update][0][responsible_user_id]=7"
            + "&contacts[update][0][old_responsible_user_id]=7&contacts[update][0][linked_company_id]=9&contacts[update][0][company_name]=Acme"
            + "&contacts[update][0][linked_leads_id][7551167][ID]=7551167&contacts[update][0][linked_leads_id][12][ID]=12"
            + "&contacts[update][0][type]=contact&contacts[update][0][created_at]=1700000000");

        Assert.False(contact.ResponsibleChanged);
        Assert.Equal((9L, "Acme"), (contact.LinkedCompanyId, contact.CompanyName));
        Assert.Equal([7551167, 12], contact.LinkedLeadIds);
    }

    [Fact]
    public void A_contact_that_went_to_another_user_arrives_as_an_update() => Assert.True(Hooks.Single<ContactResponsibleChanged>(
        "contacts[update][0][id]=5&contacts[update][0][responsible_user_id]=8&contacts[update][0][old_responsible_user_id]=7").ResponsibleChanged);

    [Theory]
    [InlineData("contacts[add][0][id]=5&contacts[add][0][type]=company", typeof(CompanyAdded))]
    [InlineData("contacts[update][0][type]=company&contacts[update][0][id]=5", typeof(CompanyUpdated))]
    [InlineData("contacts[delete][0][id]=5&contacts[delete][0][type]=company", typeof(CompanyDeleted))]
    [InlineData("contacts[restore][0][id]=5&contacts[restore][0][type]=company", typeof(CompanyRestored))]
    [InlineData("contacts[responsible][0][id]=5&contacts[responsible][0][type]=company", typeof(CompanyResponsibleChanged))]
    [InlineData("contacts[note][0][note][element_id]=5&contacts[note][0][note][element_type]=3", typeof(CompanyNoteAdded))]
    [InlineData("companies[note][0][note][element_id]=5", typeof(CompanyNoteAdded))]
    [InlineData("contacts[add][0][id]=5&contacts[add][0][type]=contact", typeof(ContactAdded))]
    [InlineData("contacts[delete][0][id]=5&contacts[delete][0][type]=contact", typeof(ContactDeleted))]
    [InlineData("contacts[restore][0][id]=5", typeof(ContactRestored))]
    [InlineData("contacts[responsible][0][id]=5", typeof(ContactResponsibleChanged))]
    [InlineData("contacts[note][0][note][element_id]=5&contacts[note][0][note][element_type]=1", typeof(ContactNoteAdded))]
    public void Contacts_and_companies_share_a_key_and_are_told_apart(string body, Type type)
    {
        var told = Assert.Single(Hooks.Parse(body).Events);

        Assert.IsType(type, told);
        Assert.Equal(5, told.EntityId);
    }

    [Fact]
    public void A_value_and_fields_below_it_at_one_path_are_both_kept()
    {
        var note = Hooks.Single<ContactNoteAdded>(
            "contacts[note][0][note][type]=3&contacts[note][0][note][type][message_uuid]=abc&contacts[note][0][note][element_id]=5");

        Assert.Equal(("3", "abc"), (note.Fields["note[type]"], note.Fields["note[type][message_uuid]"]));
    }

    [Fact]
    public void A_task_that_was_closed_with_a_result()
    {
        var task = Hooks.Single<TaskCompleted>(
            "task[update][0][id]=5&task[update][0][element_id]=9&task[update][0][element_type]=2&task[update][0][task_type]=1"
            + "&task[update][0][text]=Call&task[update][0][old_text]=Ring&task[update][0][status]=1&task[update][0][action_close]=1"
            + "&task[update][0][complete_till]=2024-01-02+03%3A04%3A05&task[update][0][complete_before]=1700000000"
            + "&task[update][0][date_create]=2024-01-02+03%3A04%3A05&task[update][0][result][id]=77&task[update][0][result][text]=done");

        Assert.True(task.ClosedByThisChange);
        Assert.True(task.IsCompleted);
        Assert.Equal((5L, 9L, EntityType.Leads, "Call", "Ring"), (task.EntityId, task.ElementId, task.ElementType, task.Text, task.OldText));
        Assert.Equal(("done", 77L), (task.ResultText, task.ResultId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), task.CompleteTill);
        Assert.Null(task.CreatedAt);
    }

    [Theory]
    [InlineData("task[update][0][0][id]=5&task[update][0][0][text]=a")]
    [InlineData("task[update][id]=5&task[update][text]=a")]
    [InlineData("task[update][3][id]=5&task[update][3][text]=a")]
    public void A_task_with_one_level_more_or_less_than_documented_is_one_task(string body)
    {
        var task = Hooks.Single<TaskUpdated>(body);

        Assert.Equal((5L, "a", false), (task.EntityId, task.Text, task.ClosedByThisChange));
    }

    [Fact]
    public void Other_task_events()
    {
        Assert.Equal(1, Hooks.Single<TaskAdded>("task[add][0][id]=1").EntityId);
        Assert.Equal(1, Hooks.Single<TaskDeleted>("task[delete][0][id]=1").EntityId);
        Assert.Equal(3, Hooks.Single<TaskResponsibleChanged>("task[responsible][0][id]=1&task[responsible][0][old_responsible_user_id]=3").OldResponsibleUserId);
    }
}
