using Kommo.Tests.Support;

namespace Kommo.Tests.Simulated;

/// <summary>What must hold for very much at once, at Kommo's side. Alone, since memory is measured.</summary>
[Collection(nameof(Alone))]
public sealed class VolumeTests
{
    [Fact]
    public async Task A_hundred_thousand_leads_are_listed_with_flat_memory()
    {
        await using var kommo = await SimulatorTests.StartAsync();
        kommo.CreateLeads(100_000);
        var client = SimulatorTests.Client(kommo);
        await client.Leads.GetAsync(1);
        kommo.ResetStatistics();
        long count = 0, most = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await foreach (var lead in client.Leads.ListAsync(new LeadQuery { Limit = 250 }))
        {
            count++;
            if (count % 10_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                Assert.InRange(kommo.GetStatistics().Requests, 1, (count / 250) + 1);
            }
        }

        Assert.Equal(100_000, count);
        Assert.True(most < 50 * 1024 * 1024, $"{most} bytes more were held.");
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 220)]
    public async Task Ten_thousand_changes_reach_kommo_in_200_requests_and_a_bad_item_costs_no_other(bool refusesWhole, int requests)
    {
        await using var kommo = await SimulatorTests.StartAsync(o => o.WritesAreAllOrNothing = refusesWhole);
        var leads = kommo.CreateLeads(10_000);
        var client = SimulatorTests.Client(kommo);
        kommo.ResetStatistics();
        var updates = leads.Select((id, i) => new LeadUpdate { Id = i % 500 == 7 ? 900_000_000 + i : id, Price = i + 1 });

        var results = await client.Leads.UpdateAsync(updates);

        Assert.Equal(requests, kommo.GetStatistics().Requests);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (i * 500) + 7), results.Failures.Select(failure => failure.Position));
        Assert.Equal(
            leads.Select((id, i) => i % 500 == 7 ? 0 : i + 1), kommo.Leads.OrderBy(lead => lead.Id).Select(lead => (int)lead.Price));
    }
}
