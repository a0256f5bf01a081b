using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Kommo.Tests.Support;

namespace Kommo.Tests.Entities;

/// <summary>What must hold for an account with very many leads. Alone, since memory is measured.</summary>
[Collection(nameof(Alone))]
public sealed class LargeAccountTests
{
    private const int Pages = 400;
    private const int PerPage = 250;

    [Fact]
    public async Task A_hundred_thousand_leads_are_listed_with_flat_memory_and_no_page_ahead_of_need()
    {
        using var server = new HandlerServer((request, _) => (HttpStatusCode.OK, Page(NumberOf(request))));
        long count = 0, most = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await foreach (var lead in server.Client().Leads.ListAsync())
        {
            count++;
            Assert.Equal(count, lead.Id);
            Assert.True(server.Requests <= ((count - 1) / PerPage) + 1, "A page was asked for before it was needed.");
            if (count % 10_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal((Pages * PerPage, Pages), (count, server.Requests));
        Assert.True(most < 50 * 1024 * 1024, $"{most} bytes more were held.");
    }

    [Fact]
    public async Task Ten_thousand_changes_take_200_requests_and_one_more_for_each_batch_with_a_bad_item()
    {
        var bad = Enumerable.Range(0, 20).Select(i => (i * 500L) + 7).ToHashSet();
        var written = new HashSet<long>();
        using var server = new HandlerServer((_, body) =>
        {
            var items = JsonDocument.Parse(body).RootElement.EnumerateArray()
                .Select(item => (Id: item.GetProperty("id").GetInt64(), RequestId: item.GetProperty("request_id").GetString()!)).ToList();
            var refused = items.FindAll(item => bad.Contains(item.Id));
            if (refused.Count > 0)
            {
                return (HttpStatusCode.BadRequest, BatchServer.Refusal([.. refused.Select(item => (item.RequestId, "id"))]).Body);
            }

            Assert.All(items, item => Assert.True(written.Add(item.Id)));
            var answers = items.Select(item => $$"""{"id":{{item.Id}},"request_id":"{{item.RequestId}}"}""");
            return (HttpStatusCode.OK, "{\"_embedded\":{\"leads\":[" + string.Join(',', answers) + "]}}");
        });

        var results = await server.Client().Leads.UpdateAsync(Enumerable.Range(0, 10_000).Select(id => new LeadUpdate { Id = id, Price = id }));

        Assert.Equal((220, 220), (results.Requests, server.Requests));
        Assert.Equal(bad.Order(), results.Failures.Select(failure => (long)failure.Position));
        Assert.All(results.Failures, failure => Assert.Equal("id", failure.Problems.Single().Path));
        Assert.Equal(10_000 - bad.Count, written.Count);
    }

    private static int NumberOf(HttpRequestMessage request) => int.Parse(
        request.RequestUri!.Query.TrimStart('?').Split('&').Single(part => part.StartsWith("page=", StringComparison.Ordinal))[5..], CultureInfo.InvariantCulture);

    private static string Page(int number)
    {
        var text = new StringBuilder($$$"""{"_page":{{{number}}},"_links":{"self":{"href":"x"}""");
        text.Append(number < Pages ? $$$""","next":{"href":"https://example.kommo.com/api/v4/leads?limit=250&page={{{number + 1}}}"}},""" : "},");
        text.Append("\"_embedded\":{\"leads\":[");
        text.AppendJoin(',', Enumerable.Range(((number - 1) * PerPage) + 1, PerPage).Select(id =>
            $$"""{"id":{{id}},"name":"Lead {{id}}","price":{{id}},"status_id":142,"pipeline_id":7,"created_at":1700000000,"custom_fields_values":[{"field_id":1,"values":[{"value":"x"}]}]}"""));
        return text.Append("]}}").ToString();
    }
}
