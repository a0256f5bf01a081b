using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class UnsortedTests
{
    private const string Form = """
        [{"request_id":"u","source_name":"Site","source_uid":"s-1","created_at":1700000000,"pipeline_id":5000001,
          "metadata":{"form_id":"f","form_name":"Order","form_page":"https://example.com","form_sent_at":1700000000,"ip":"127.0.0.1"},
          "_embedded":{"leads":[{"name":"From the form","price":5}],"contacts":[{"name":"Ann"}],"companies":[{"name":"Example Ltd"}]}}]
        """;

    [Fact]
    public async Task A_form_becomes_an_incoming_lead_with_its_entities()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer made = await account.PostAsync("/api/v4/leads/unsorted/forms", Form);
        JsonNode item = made.Embedded("unsorted")[0]!;
        Assert.Equal((200, "u"), (made.Status, item["request_id"]!.ToString()));
        SimulatedLead lead = account.Simulator.Leads.Single();
        Assert.Equal((lead.Id, 50000010, "From the form"), (item["_embedded"]!["leads"]![0]!["id"]!.GetValue<long>(), lead.StatusId, lead.Name));
        Assert.Equal((account.Simulator.Contacts.Single().Id, account.Simulator.Companies.Single().Id), (lead.ContactIds.Single(), lead.CompanyId));
        JsonNode read = (await account.GetAsync($"/api/v4/leads/unsorted/{item["uid"]}")).Json;
        Assert.Equal(("forms", "Site", "Order"), (read["category"]!.ToString(), read["source_name"]!.ToString(), read["metadata"]!["form_name"]!.ToString()));
        Assert.Equal(204, (await account.GetAsync("/api/v4/leads/unsorted?filter[category][]=sip")).Status);
        Assert.Single((await account.GetAsync("/api/v4/leads/unsorted?filter[pipeline_id]=5000001")).Embedded("unsorted"));
    }

    [Fact]
    public async Task Accepting_and_declining_answer_200_and_are_counted()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        string[] uids = [await AddAsync(account), await AddAsync(account)];
        Answer accepted = await account.PostAsync($"/api/v4/leads/unsorted/{uids[0]}/accept", """{"user_id":8000002,"status_id":50000012}""");
        Answer declined = await account.SendAsync(HttpMethod.Delete, $"/api/v4/leads/unsorted/{uids[1]}/decline", """{"user_id":8000001}""");
        Assert.Equal((200, 200), (accepted.Status, declined.Status));
        IReadOnlyList<SimulatedLead> leads = account.Simulator.Leads;
        Assert.Equal((50000012, 8000002, false), (leads[0].StatusId, leads[0].ResponsibleUserId, leads[0].IsDeleted));
        Assert.True(leads[1].IsDeleted);
        Assert.Equal(404, (await account.PostAsync($"/api/v4/leads/unsorted/{uids[0]}/accept", "{}")).Status);
        await AddAsync(account);
        JsonNode summary = (await account.GetAsync("/api/v4/leads/unsorted/summary")).Json;
        Assert.Equal((3, 1, 1, 3), (
            summary["total"]!.GetValue<int>(), summary["accepted"]!.GetValue<int>(), summary["declined"]!.GetValue<int>(), summary["categories"]!["forms"]!["total"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_acceptance_may_say_nothing_and_may_not_name_a_foreign_stage()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        string uid = await AddAsync(account);
        Assert.Equal("NotSupportedChoice status_id", (await account.PostAsync($"/api/v4/leads/unsorted/{uid}/accept", """{"status_id":50000021}""")).Error);
        Assert.Equal(400, (await account.PostAsync($"/api/v4/leads/unsorted/{uid}/link", """{"link":{"entity_id":1,"entity_type":"leads"}}""")).Status);
        Assert.Equal(200, (await account.PostAsync($"/api/v4/leads/unsorted/{uid}/accept", "")).Status);
        Assert.Equal(50000011, account.Simulator.Leads.Single().StatusId);
    }

    [Theory]
    [InlineData("forms", """[{"source_uid":"s","metadata":{"form_id":"f","form_name":"n","form_page":"p","form_sent_at":1}}]""", "FieldMissing source_name")]
    [InlineData("forms", """[{"source_name":"s","source_uid":"s","metadata":{"form_id":"f"}}]""", "FieldMissing metadata.form_name")]
    [InlineData("sip", """[{"source_name":"s","source_uid":"s","metadata":{"phone":"1"}}]""", "FieldMissing metadata.from")]
    [InlineData("forms", """[{"source_name":"s","source_uid":"s","pipeline_id":1,"metadata":{"form_id":"f","form_name":"n","form_page":"p","form_sent_at":1}}]""", "NotSupportedChoice pipeline_id")]
    public async Task A_bad_incoming_lead_is_refused(string category, string body, string error)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync($"/api/v4/leads/unsorted/{category}", body);
        Assert.Equal((400, error), (answer.Status, answer.Error));
        Assert.Empty(account.Simulator.Leads);
    }

    private static async Task<string> AddAsync(TestAccount account) =>
        (await account.PostAsync("/api/v4/leads/unsorted/forms", Form)).Embedded("unsorted")[0]!["uid"]!.ToString();
}
