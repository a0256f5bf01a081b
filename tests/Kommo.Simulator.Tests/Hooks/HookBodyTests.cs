using Kommo.Simulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Simulator.Tests.Hooks;

public sealed class HookBodyTests
{
    private const string AccountBlock =
        "account%5Bsubdomain%5D=example&account%5Bid%5D=30000001&account%5B_links%5D%5Bself%5D=https%3A%2F%2Fexample.amocrm.com&";

    // 2026-01-02 03:04:05 UTC; entities, ids and clocks are all fixed, so whole bodies can be compared byte by byte.
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1767323045);

    [Fact]
    public async Task A_hook_is_a_form_post_with_Kommos_headers()
    {
        ReceivedHook hook = await CaptureAsync("add_lead", simulator => simulator.CreateLeads(1));
        Assert.Equal("POST", hook.Method);
        Assert.Equal("application/x-www-form-urlencoded", hook.Headers["Content-Type"]);
        Assert.Equal("amoCRM-Webhooks/3.0", hook.Headers["User-Agent"]);
        Assert.Equal("gzip", hook.Headers["Accept-Encoding"]);
        Assert.Equal(hook.Body.Length, int.Parse(hook.Headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(Guid.TryParse(hook.Headers["X-Amocrm-Requestid"], out _));
    }

    [Fact]
    public async Task An_added_lead_is_encoded_byte_by_byte()
    {
        ReceivedHook hook = await CaptureAsync("add_lead", simulator => simulator.CreateLeads(1, "Ünit & co (1~2)", 150));
        Assert.Equal(
            AccountBlock + "leads%5Badd%5D%5B0%5D%5Bid%5D=10000001&leads%5Badd%5D%5B0%5D%5Bname%5D=%C3%9Cnit+%26+co+%281%7E2%29" +
            "&leads%5Badd%5D%5B0%5D%5Bstatus_id%5D=50000011&leads%5Badd%5D%5B0%5D%5Bprice%5D=150" +
            "&leads%5Badd%5D%5B0%5D%5Bresponsible_user_id%5D=8000001&leads%5Badd%5D%5B0%5D%5Blast_modified%5D=1767323045" +
            "&leads%5Badd%5D%5B0%5D%5Bmodified_user_id%5D=8000001&leads%5Badd%5D%5B0%5D%5Bcreated_user_id%5D=8000001" +
            "&leads%5Badd%5D%5B0%5D%5Bdate_create%5D=1767323045&leads%5Badd%5D%5B0%5D%5Bpipeline_id%5D=5000001" +
            "&leads%5Badd%5D%5B0%5D%5Baccount_id%5D=30000001&leads%5Badd%5D%5B0%5D%5Bcreated_at%5D=1767323045" +
            "&leads%5Badd%5D%5B0%5D%5Bupdated_at%5D=1767323045",
            hook.Body);
    }

    [Fact]
    public async Task A_moved_lead_names_its_old_stage_and_pipeline()
    {
        ReceivedHook hook = await CaptureAsync("status_lead", simulator => simulator.MoveLead(simulator.CreateLeads(1)[0], 50000021, 5000002));
        Assert.Equal(("50000021", "50000011"), (hook["leads[status][0][status_id]"], hook["leads[status][0][old_status_id]"]));
        Assert.Equal(("5000002", "5000001"), (hook["leads[status][0][pipeline_id]"], hook["leads[status][0][old_pipeline_id]"]));
    }

    [Fact]
    public async Task A_new_owner_is_announced_with_the_old_one()
    {
        ReceivedHook hook = await CaptureAsync("responsible_lead", simulator =>
            simulator.UpdateLead(simulator.CreateLeads(1)[0], lead => lead with { ResponsibleUserId = 8000003 }));
        Assert.Equal(
            ("8000003", "8000001"),
            (hook["leads[responsible][0][responsible_user_id]"], hook["leads[responsible][0][old_responsible_user_id]"]));
    }

    [Fact]
    public async Task A_deleted_lead_has_three_fields()
    {
        ReceivedHook hook = await CaptureAsync("delete_lead", simulator => simulator.DeleteLead(simulator.CreateLeads(1)[0]));
        Assert.Equal(
            AccountBlock + "leads%5Bdelete%5D%5B0%5D%5Bid%5D=10000001&leads%5Bdelete%5D%5B0%5D%5Bstatus_id%5D=50000011" +
            "&leads%5Bdelete%5D%5B0%5D%5Bpipeline_id%5D=5000001",
            hook.Body);
    }

    [Fact]
    public async Task A_restored_lead_comes_back_whole()
    {
        ReceivedHook hook = await CaptureAsync("restore_lead", simulator =>
        {
            long id = simulator.CreateLeads(1, "Back")[0];
            simulator.DeleteLead(id);
            simulator.Restore<SimulatedLead>(id);
        });
        Assert.Equal("Back", hook["leads[restore][0][name]"]);
    }

    [Fact]
    public async Task Custom_fields_and_tags_have_the_shapes_of_their_types()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        await account.PostAsync("/api/v4/leads", """
            [{"tags_to_add":[{"name":"hot"}],"custom_fields_values":[
              {"field_id":700003,"values":[{"value":true}]},
              {"field_id":700004,"values":[{"value":"Pro"}]},
              {"field_id":700005,"values":[{"value":1729717200}]},
              {"field_code":"UTM_SOURCE","values":[{"value":"mail"}]}]}]
            """);
        ReceivedHook hook = (await receiver.WaitAsync(1)).Single();
        const string Fields = "leads[add][0][custom_fields]";
        Assert.Equal(("60001", "hot"), (hook["leads[add][0][tags][0][id]"], hook["leads[add][0][tags][0][name]"]));
        Assert.Equal(("700003", "1"), (hook[$"{Fields}[0][id]"], hook[$"{Fields}[0][values][0][value]"]));
        Assert.Equal(("Pro", "7000042"), (hook[$"{Fields}[1][values][0][value]"], hook[$"{Fields}[1][values][0][enum]"]));
        Assert.Equal("1729717200", hook[$"{Fields}[2][values][0]"]);
        Assert.Equal(("UTM_SOURCE", "utm_source"), (hook[$"{Fields}[3][code]"], hook[$"{Fields}[3][name]"]));
    }

    [Fact]
    public async Task A_write_through_the_api_has_no_user()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "update_lead");
        long id = account.Simulator.CreateLeads(1)[0];
        await account.PatchAsync($"/api/v4/leads/{id}", """{"price":3}""");
        ReceivedHook hook = (await receiver.WaitAsync(1)).Single();
        Assert.Equal(("0", "3"), (hook["leads[update][0][modified_user_id]"], hook["leads[update][0][price]"]));
    }

    [Fact]
    public async Task A_contact_carries_its_leads_as_a_map_and_its_company()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "update_contact");
        long company = account.Simulator.CreateCompanies(1, "Example Ltd")[0];
        long contact = account.Simulator.CreateContacts(1)[0];
        long lead = account.Simulator.CreateLeads(1, contactId: contact)[0];
        account.Simulator.Update<SimulatedContact>(contact, row => row with { CompanyId = company });
        ReceivedHook hook = (await receiver.WaitAsync(1)).Single();
        Assert.Equal($"{lead}", hook[$"contacts[update][0][linked_leads_id][{lead}][ID]"]);
        Assert.Equal(("Example Ltd", $"{company}"), (hook["contacts[update][0][company_name]"], hook["contacts[update][0][linked_company_id]"]));
        Assert.Equal(("contact", "8000001"), (hook["contacts[update][0][type]"], hook["contacts[update][0][old_responsible_user_id]"]));
    }

    [Fact]
    public async Task A_company_travels_as_a_contact_of_type_company()
    {
        ReceivedHook added = await CaptureAsync("add_company", simulator => simulator.CreateCompanies(1, "Example Ltd"));
        ReceivedHook deleted = await CaptureAsync("delete_company", simulator => simulator.Delete<SimulatedCompany>(simulator.CreateCompanies(1)[0]));
        Assert.Equal(("Example Ltd", "company"), (added["contacts[add][0][name]"], added["contacts[add][0][type]"]));
        Assert.Equal(
            AccountBlock + "contacts%5Bdelete%5D%5B0%5D%5Bid%5D=20000001&contacts%5Bdelete%5D%5B0%5D%5Btype%5D=company",
            deleted.Body);
    }

    [Fact]
    public async Task A_new_owner_of_a_contact_arrives_once_as_an_update()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "update_contact", "responsible_contact");
        long contact = account.Simulator.CreateContacts(1)[0];
        account.Simulator.Update<SimulatedContact>(contact, row => row with { ResponsibleUserId = 8000002 });
        await account.Simulator.WaitForHooksAsync();
        ReceivedHook hook = receiver.Hooks.Single();
        Assert.Equal("8000002", hook["contacts[update][0][responsible_user_id]"]);
    }

    [Fact]
    public async Task A_task_is_singular_with_local_text_dates()
    {
        ReceivedHook hook = await CaptureAsync("add_task", simulator =>
            simulator.CreateTask(EntityKind.Lead, simulator.CreateLeads(1)[0], "Call", Start.AddHours(1)));
        Assert.Equal(("10000001", "2"), (hook["task[add][0][element_id]"], hook["task[add][0][element_type]"]));
        // The account's zone is five hours behind UTC.
        Assert.Equal(("2026-01-01 22:04:05", "2026-01-01 23:04:05"), (hook["task[add][0][date_create]"], hook["task[add][0][complete_till]"]));
        Assert.Equal(("1767326645", "0"), (hook["task[add][0][complete_before]"], hook["task[add][0][status]"]));
    }

    [Fact]
    public async Task Completion_is_an_update_that_closes_and_a_result_from_the_list_is_a_second_one()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "update_task");
        long lead = account.Simulator.CreateLeads(1)[0];
        account.Simulator.CompleteTask(account.Simulator.CreateTask(EntityKind.Lead, lead, "Call"), "Reached");
        await account.Simulator.WaitForHooksAsync();
        account.Simulator.CompleteTask(account.Simulator.CreateTask(EntityKind.Lead, lead, "Call"), "Reached", fromTaskList: true);
        await account.Simulator.WaitForHooksAsync();
        var hooks = receiver.Hooks
            .Select(hook => (Close: hook["task[update][0][action_close]"], Text: hook["task[update][0][result][text]"]))
            .OrderBy(hook => hook.Close).ThenBy(hook => hook.Text).ToArray();
        Assert.Equal([("0", "Reached"), ("1", null), ("1", "Reached")], hooks);
    }

    [Fact]
    public async Task A_note_is_nested_with_metadata_as_json()
    {
        ReceivedHook lead = await CaptureAsync("note_lead", simulator =>
            simulator.AddNote(EntityKind.Lead, simulator.CreateLeads(1)[0], "Hello there"));
        const string Note = "leads[note][0][note]";
        Assert.Equal(("Hello there", "4", "2"), (lead[$"{Note}[text]"], lead[$"{Note}[note_type]"], lead[$"{Note}[element_type]"]));
        Assert.Equal("""{"event_source":{"id":8000001,"author_name":"Alex Admin","type":1}}""", lead[$"{Note}[metadata]"]);
        Assert.Contains("%5Battachement%5D=&", lead.Body, StringComparison.Ordinal);
        ReceivedHook company = await CaptureAsync("note_company", simulator =>
            simulator.AddNote(EntityKind.Company, simulator.CreateCompanies(1)[0], "Hi"));
        Assert.Equal(("Hi", "company"), (company["contacts[note][0][note][text]"], company["contacts[note][0][type]"]));
    }

    [Fact]
    public async Task A_batch_of_three_sends_three_hooks()
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        await account.PostAsync("/api/v4/leads", """[{"name":"a"},{"name":"b"},{"name":"c"}]""");
        await account.Simulator.WaitForHooksAsync();
        Assert.Equal(["a", "b", "c"], receiver.Hooks.Select(hook => hook["leads[add][0][name]"]!).Order());
    }

    private static Task<TestAccount> StartAsync() => TestAccount.StartAsync(options =>
    {
        options.TimeProvider = new FakeTimeProvider(Start);
        options.TimeZone = TimeZoneInfo.CreateCustomTimeZone("Test", TimeSpan.FromHours(-5), "Test", "Test");
    });

    private static async Task<ReceivedHook> CaptureAsync(string setting, Action<KommoSimulator> act)
    {
        await using TestAccount account = await StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        account.Simulator.Subscribe(receiver.Address, setting);
        act(account.Simulator);
        await account.Simulator.WaitForHooksAsync();
        return receiver.Hooks.Single();
    }
}
