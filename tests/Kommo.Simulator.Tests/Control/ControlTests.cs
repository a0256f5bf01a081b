using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Control;

public sealed class ControlTests
{
    [Fact]
    public async Task An_empty_body_makes_one_lead_and_a_full_one_as_many_as_it_says()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer one = await account.PostAsync("/_simulator/leads", "");
        Answer many = await account.PostAsync("/_simulator/leads", """{"count":3,"name":"Big","price":9,"responsible_user_id":8000002}""");
        Assert.Equal((1, 3), (one.Json["ids"]!.AsArray().Count, many.Json["ids"]!.AsArray().Count));
        SimulatedLead last = account.Simulator.Leads[^1];
        Assert.Equal(("Big", 9, 8000002), (last.Name, last.Price, last.ResponsibleUserId));
        Assert.Equal(400, (await account.PostAsync("/_simulator/leads", """{"count":0}""")).Status);
        Assert.Equal(400, (await account.PostAsync("/_simulator/leads", """{"responsible_user_id":1}""")).Status);
    }

    [Fact]
    public async Task A_lead_is_shown_with_its_tasks_and_notes()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long id = account.Simulator.CreateLeads(1, "Shown")[0];
        account.Simulator.CreateTask(EntityKind.Lead, id, "Call");
        account.Simulator.AddNote(EntityKind.Lead, id, "Hello");
        JsonNode shown = (await account.GetAsync($"/_simulator/leads/{id}")).Json;
        Assert.Equal("Shown", shown["lead"]!["name"]!.GetValue<string>());
        Assert.Equal("Call", shown["tasks"]!.AsArray().Single()!["text"]!.GetValue<string>());
        Assert.Equal("Hello", shown["notes"]!.AsArray().Single()!["text"]!.GetValue<string>());
        Assert.Equal(404, (await account.GetAsync("/_simulator/leads/5")).Status);
    }

    [Fact]
    public async Task The_own_routes_need_no_token_and_count_as_no_request()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Http.DefaultRequestHeaders.Authorization = null;
        JsonNode code = (await account.PostAsync("/_simulator/authorize", "")).Json;
        Assert.Equal("example.kommo.com", code["referer"]!.GetValue<string>());
        Assert.Equal(account.Simulator.BaseAddress.ToString(), code["base_address"]!.GetValue<string>());
        Answer page = await account.GetAsync("/");
        Assert.Equal((200, "text/html"), (page.Status, page.ContentType));
        foreach (string route in (string[])["/_simulator/leads", "/_simulator/authorize", "/_simulator/statistics", "/_simulator/unblock", "/_simulator/faults"])
        {
            Assert.Contains(route, page.Text, StringComparison.Ordinal);
        }

        Assert.Equal(0, account.Simulator.GetStatistics().Requests);
    }

    [Fact]
    public async Task Statistics_are_json_and_start_again_after_a_reset()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        account.Simulator.CreateLeads(2);
        await account.GetAsync($"/api/v4/leads/{account.Simulator.Leads[0].Id}");
        JsonNode statistics = (await account.GetAsync("/_simulator/statistics")).Json;
        Assert.Equal((1, 1), (statistics["requests"]!.GetValue<int>(), statistics["requestsByRoute"]!["GET /api/v4/leads/{id}"]!.GetValue<int>()));
        Assert.Equal((2, 2, 1), (statistics["leads"]!.GetValue<int>(), statistics["hooks"]!["changes"]!.GetValue<int>(), statistics["busiestWindow"]!.GetValue<int>()));
        Assert.Equal(204, (await account.PostAsync("/_simulator/statistics/reset", "")).Status);
        statistics = (await account.GetAsync("/_simulator/statistics")).Json;
        Assert.Equal((0, 0, 2), (statistics["requests"]!.GetValue<int>(), statistics["hooks"]!["changes"]!.GetValue<int>(), statistics["leads"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Faults_are_asked_for_over_http()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(204, (await account.PostAsync("/_simulator/faults", """{"route":"GET /api/v4/account","kind":"ServerError"}""")).Status);
        Assert.Equal(500, (await account.GetAsync("/api/v4/account")).Status);
        Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
        Assert.Equal(400, (await account.PostAsync("/_simulator/faults", """{"kind":"Nothing"}""")).Status);
        Assert.Equal(400, (await account.PostAsync("/_simulator/faults", """{"kind":"Delay","count":0}""")).Status);
        await account.PostAsync("/_simulator/faults", """{"kind":"ServerError","count":50}""");
        await account.DeleteAsync("/_simulator/faults", "");
        Assert.Equal(200, (await account.GetAsync("/api/v4/account")).Status);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        int port = account.Simulator.BaseAddress.Port;
        IOException error = await Assert.ThrowsAsync<IOException>(() => KommoSimulator.StartAsync(new KommoSimulatorOptions { Port = port }));
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_is_free_again_after_the_stop()
    {
        TestAccount account = await TestAccount.StartAsync();
        int port = account.Simulator.BaseAddress.Port;
        await account.GetAsync("/api/v4/account");
        await account.DisposeAsync();
        await using TestAccount again = await TestAccount.StartAsync(options => options.Port = port);
        Assert.Equal(200, (await again.GetAsync("/api/v4/account")).Status);
    }
}
