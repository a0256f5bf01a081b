using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class LeadHookTests
{
    [Fact]
    public void A_lead_that_was_added()
    {
        var lead = Hooks.Single<LeadAdded>(
            "leads[add][0][id]=2050297&leads[add][0][name]=New+deal+%D0%AF&leads[add][0][status_id]=142&leads[add][0][price]=1500"
            + "&leads[add][0][responsible_user_id]=7&leads[add][0][last_modified]=1700000001&leads[add][0][modified_user_id]=0"
            + "&leads[add][0][created_user_id]=8&leads[add][0][date_create]=1700000000&leads[add][0][pipeline_id]=9"
            + "&leads[add][0][account_id]=30000001&leads[add][0][tags][0][id]=5&leads[add][0][tags][0][name]=vip"
            + "&leads[add][0][tags][1][id]=6&leads[add][0][tags][1][name]=hot&" + Hooks.Account);

        Assert.Equal(("leads", "add", 2050297L, "New deal Я"), (lead.Entity, lead.Action, lead.EntityId, lead.Name));
        Assert.Equal((142L, 9L, 1500m, 7L), (lead.StatusId, lead.PipelineId, lead.Price, lead.ResponsibleUserId));
        Assert.Equal((8L, 0L, 30000001L), (lead.CreatedUserId, lead.ModifiedUserId, lead.AccountId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), lead.CreatedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_001), lead.UpdatedAt);
        Assert.Equal([(5L, "vip"), (6L, "hot")], lead.Tags.Select(tag => (tag.Id!.Value, tag.Name!)));
        Assert.Null(lead.OldStatusId);
    }

    [Fact]
    public void A_lead_that_changed_its_stage()
    {
        var lead = Hooks.Single<LeadStatusChanged>(
            "leads[status][0][id]=1&leads[status][0][status_id]=3&leads[status][0][pipeline_id]=9"
            + "&leads[status][0][old_status_id]=2&leads[status][0][old_pipeline_id]=8&account[id]=30000001&account[subdomain]=example");

        Assert.Equal((2L, 3L, 8L, 9L), (lead.OldStatusId, lead.StatusId, lead.OldPipelineId, lead.PipelineId));
    }

    [Fact]
    public void A_lead_that_went_to_another_user()
    {
        var lead = Hooks.Single<LeadResponsibleChanged>(
            "leads[responsible][0][id]=1&leads[responsible][0][responsible_user_id]=2&leads[responsible][0][old_responsible_user_id]=3");

        Assert.Equal((3L, 2L), (lead.OldResponsibleUserId, lead.ResponsibleUserId));
    }

    [Fact]
    public void A_lead_that_was_deleted() =>
        Assert.Equal(1, Hooks.Single<LeadDeleted>("leads[delete][0][id]=1&leads[delete][0][status_id]=2&leads[delete][0][pipeline_id]=3").EntityId);

    [Fact]
    public void A_lead_that_was_restored() => Assert.Equal(1, Hooks.Single<LeadRestored>("leads[restore][0][id]=1").EntityId);

    [Fact]
    public void A_lead_with_an_empty_name() => Assert.Equal("", Hooks.Single<LeadUpdated>("leads[update][0][id]=1&leads[update][0][name]=").Name);

    [Fact]
    public void A_note_on_a_lead_names_the_lead_and_tells_no_instant_from_local_time()
    {
        var added = Hooks.Single<LeadNoteAdded>(
            "leads[note][0][note][text]=Hello&leads[note][0][note][note_type]=4&leads[note][0][note][attachement]="
            + "&leads[note][0][note][date_create]=2024-01-02+03%3A04%3A05&leads[note][0][note][element_type]=2"
            + "&leads[note][0][note][element_id]=77&leads[note][0][note][id]=88&leads[note][0][note][created_by]=0"
            + "&leads[note][0][note][metadata]=%7B%22event_source%22%3A%7B%7D%7D");

        Assert.Equal((77L, 88L, 4L, "Hello"), (added.EntityId, added.Note.Id, added.Note.NoteType, added.Note.Text));
        Assert.Equal("""{"event_source":{}}""", added.Note.Metadata);
        Assert.Null(added.Note.CreatedAt);
    }

    [Fact]
    public void Custom_fields_in_every_shape_that_Kommo_sends()
    {
        const string F = "leads[update][0][custom_fields]";
        var fields = Hooks.Single<LeadUpdated>(
            $"leads[update][0][id]=1&{F}[0][id]=10&{F}[0][name]=Phone&{F}[0][values][0][value]=%2B1555&{F}[0][values][0][enum]=100"
            + $"&{F}[0][values][1][value]=%2B1556&{F}[0][values][1][enum]=101&{F}[0][code]=PHONE"
            + $"&{F}[1][id]=11&{F}[1][name]=Date&{F}[1][values][0]=1729717200"
            + $"&{F}[2][id]=12&{F}[2][name]=Radio&{F}[2][values][value]=Yes&{F}[2][values][enum]=200"
            + $"&{F}[3][id]=13&{F}[3][name]=Birthday&{F}[3][values][0][value]=12.01.1980"
            + $"&{F}[4][id]=14&{F}[4][name]=utm_source"
            + $"&{F}[5][id]=15&{F}[5][values][0][value]=1&{F}[9][id]=19&{F}[9][values][7][value]=x"
            + $"&{F}[10][id]=20&{F}[10][values][0][value][name]=Ltd&{F}[10][values][0][value][vat_id]=1").CustomFields;

        Assert.Equal([10, 11, 12, 13, 14, 15, 19, 20], fields.Select(field => field.Id!.Value));
        Assert.Equal(("PHONE", "Phone"), (fields[0].Code, fields[0].Name));
        Assert.Equal([("+1555", 100L), ("+1556", 101L)], fields[0].Values.Select(value => (value.Value!, value.EnumId!.Value)));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_729_717_200), fields[1].Values.Single().Time);
        Assert.Equal(new WebhookCustomFieldValue("Yes", "200"), fields[2].Values.Single());
        Assert.Equal(("12.01.1980", null), (fields[3].Values.Single().Value, fields[3].Values.Single().Time));
        Assert.Empty(fields[4].Values);
        Assert.Equal(new WebhookCustomFieldValue("1"), fields[5].Values.Single());
        Assert.Equal(new WebhookCustomFieldValue("x"), fields[6].Values.Single());
        Assert.Equal(new WebhookCustomFieldValue(null), fields[7].Values.Single());
    }
}
