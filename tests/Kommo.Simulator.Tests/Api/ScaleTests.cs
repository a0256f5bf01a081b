using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

/// <summary>A large account: what is asked of it, not how long it takes, for which see docs/simulator.md.</summary>
public sealed class ScaleTests
{
    [Fact]
    public async Task A_hundred_thousand_leads_are_all_listed_once()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> created = account.Simulator.CreateLeads(100_000);
        account.Simulator.DeleteLead(created[0]);
        List<long> read = [];
        for (string? next = "/api/v4/leads?limit=250"; next is not null;)
        {
            JsonNode page = (await account.GetAsync(next)).Json;
            read.AddRange(page["_embedded"]!["leads"]!.AsArray().Select(lead => lead!["id"]!.GetValue<long>()));
            next = page["_links"]!["next"]?["href"]!.ToString();
        }

        Assert.Equal(created.Skip(1), read);
        Assert.Equal(created[^1], (await account.GetAsync("/api/v4/leads?order[id]=desc&limit=1")).Id("leads"));
        Assert.Equal(400, account.Simulator.GetStatistics().RequestsByRoute["GET /api/v4/leads"] - 1);
    }

    [Fact]
    public async Task Ten_thousand_updates_arrive_in_two_hundred_requests()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        IReadOnlyList<long> ids = account.Simulator.CreateLeads(10_000);
        foreach (long[] batch in ids.Chunk(50))
        {
            Answer answer = await account.PatchAsync("/api/v4/leads", $"[{string.Join(',', batch.Select(id => $$"""{"id":{{id}},"price":7}"""))}]");
            Assert.Equal((200, 50), (answer.Status, answer.Embedded("leads").Count));
        }

        Assert.All(account.Simulator.Leads, lead => Assert.Equal(7, lead.Price));
        Assert.Equal(200, account.Simulator.GetStatistics().RequestsByRoute["PATCH /api/v4/leads"]);
    }

    [Fact]
    public async Task A_contacts_leads_are_found_among_many()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long contact = account.Simulator.CreateContacts(1)[0];
        account.Simulator.CreateLeads(2000);
        long lead = account.Simulator.CreateLeads(1, contactId: contact)[0];
        JsonNode read = (await account.GetAsync($"/api/v4/contacts/{contact}?with=leads")).Json;
        Assert.Equal(lead, read["_embedded"]!["leads"]!.AsArray().Single()!["id"]!.GetValue<long>());
    }
}
