using Kommo.Simulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Simulator.Tests.Persistence;

public sealed class PersistenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kommo-simulator-").FullName;

    private string StateFile => Path.Combine(_folder, "account", "state.json");

    [Fact]
    public async Task Entities_tokens_and_webhooks_are_found_again()
    {
        SimulatedTokenPair tokens;
        AuthorizationCode code;
        long lead;
        await using (TestAccount first = await StartAsync())
        {
            lead = first.Simulator.CreateLeads(1, "Kept", 5)[0];
            await first.PatchAsync($"/api/v4/leads/{lead}", """
                {"custom_fields_values":[{"field_id":700003,"values":[{"value":true}]}],"tags_to_add":[{"name":"hot"}]}
                """);
            first.Simulator.CreateTask(EntityKind.Lead, lead, "Call");
            first.Simulator.AddNote(EntityKind.Lead, lead, "Said hello");
            first.Simulator.Subscribe(new Uri("http://127.0.0.1:9/a"), "add_contact");
            tokens = first.Simulator.IssueTokens();
            code = first.Simulator.Authorize();
        }

        await using TestAccount second = await StartAsync();
        Assert.Equal(("Kept", 5), (second.Simulator.FindLead(lead)!.Name, second.Simulator.FindLead(lead)!.Price));
        Assert.Equal("hot", second.Simulator.FindLead(lead)!.Tags.Single().Name);
        Assert.Equal("Call", second.Simulator.TasksOf(EntityKind.Lead, lead).Single().Text);
        Assert.Equal("Said hello", second.Simulator.NotesOf(EntityKind.Lead, lead).Single().Text);
        Assert.Equal("add_contact", second.Simulator.Webhooks.Single().Settings.Single());
        second.Token = tokens.AccessToken;
        Answer read = await second.GetAsync($"/api/v4/leads/{lead}");
        Assert.True(read.Json["custom_fields_values"]![0]!["values"]![0]!["value"]!.GetValue<bool>());
        Assert.Equal(lead + 1, second.Simulator.CreateLeads(1)[0]);
        Answer exchanged = await second.PostAsync("/oauth2/access_token", $$"""
            {"client_id":"{{second.Simulator.Options.ClientId}}","client_secret":"{{second.Simulator.Options.ClientSecret}}",
             "grant_type":"authorization_code","code":"{{code.Code}}","redirect_uri":"{{second.Simulator.Options.RedirectUri}}"}
            """);
        Assert.Equal(200, exchanged.Status);
    }

    [Fact]
    public async Task What_is_kept_as_documents_pipelines_and_events_is_found_again()
    {
        long pipeline;
        long field;
        long source;
        int events;
        await using (TestAccount first = await StartAsync())
        {
            pipeline = (await first.PostAsync("/api/v4/leads/pipelines", """[{"name":"P","sort":9,"is_main":false,"is_unsorted_on":true}]""")).Id("pipelines");
            field = (await first.PostAsync("/api/v4/leads/custom_fields", """[{"name":"F","type":"select","enums":[{"value":"A"}]}]""")).Id("custom_fields");
            source = (await first.PostAsync("/api/v4/sources", """[{"name":"S","external_id":"s"}]""")).Id("sources");
            await first.PostAsync("/api/v4/customers", """[{"name":"Ann","tags_to_add":[{"name":"vip"}]}]""");
            await first.PostAsync("/api/v4/leads", $$"""[{"name":"x","custom_fields_values":[{"field_id":{{field}},"values":[{"value":"A"}]}]}]""");
            events = first.Simulator.GetStatistics().Events;
        }

        await using TestAccount second = await StartAsync();
        Assert.Equal("P", (await second.GetAsync($"/api/v4/leads/pipelines/{pipeline}")).Json["name"]!.ToString());
        Assert.Equal("S", (await second.GetAsync($"/api/v4/sources/{source}")).Json["name"]!.ToString());
        Assert.Equal("F", (await second.GetAsync("/api/v4/leads")).Embedded("leads")[0]!["custom_fields_values"]![0]!["field_name"]!.ToString());
        Assert.Equal(("Ann", "vip"), (second.Simulator.Customers.Single().Name, second.Simulator.Customers.Single().Tags.Single().Name));
        Assert.Equal(events, second.Simulator.GetStatistics().Events);
        Assert.Equal(source + 1, (await second.PostAsync("/api/v4/sources", """[{"name":"T","external_id":"t"}]""")).Id("sources"));
    }

    [Fact]
    public async Task A_hook_that_waits_for_its_retry_is_sent_after_a_restart()
    {
        FakeTimeProvider time = new();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        receiver.Answer = _ => Task.FromResult(500);
        PendingHook waiting;
        await using (TestAccount first = await StartAsync(options => options.TimeProvider = time))
        {
            first.Simulator.Subscribe(receiver.Address, "add_lead");
            first.Simulator.CreateLeads(1);
            await receiver.WaitAsync(1);
            while (first.Simulator.PendingHooks.Single().Attempt == 1)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }

            waiting = first.Simulator.PendingHooks.Single();
        }

        receiver.Answer = _ => Task.FromResult(200);
        await using TestAccount second = await StartAsync(options => options.TimeProvider = time);
        Assert.Equal(waiting, second.Simulator.PendingHooks.Single());
        Assert.Single(second.Simulator.Webhooks.Single().BadAnswers);
        time.Advance(TimeSpan.FromMinutes(5));
        await second.Simulator.WaitForHooksAsync();
        Assert.Equal(2, receiver.Hooks.Count);
        Assert.Single(receiver.Hooks.Select(hook => (hook.Body, hook.Headers["X-Amocrm-Requestid"])).Distinct());
    }

    [Fact]
    public async Task An_attempt_cut_by_the_stop_is_made_again()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        receiver.Answer = async http =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 200;
        };
        FakeTimeProvider time = new();
        await using (TestAccount first = await StartAsync(options => options.TimeProvider = time))
        {
            first.Simulator.Subscribe(receiver.Address, "add_lead");
            first.Simulator.CreateLeads(1);
            await receiver.WaitAsync(1);
        }

        receiver.Answer = _ => Task.FromResult(200);
        await using TestAccount second = await StartAsync(options => options.TimeProvider = time);
        await second.Simulator.WaitForHooksAsync();
        Assert.Equal((1, 0), (second.Simulator.GetStatistics().Hooks.Acknowledged, second.Simulator.GetStatistics().Hooks.FailedAttempts));
    }

    [Fact]
    public async Task The_state_is_on_disk_soon_after_a_change_without_a_stop()
    {
        await using TestAccount account = await StartAsync();
        account.Simulator.CreateLeads(1, "Findable");
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!File.Exists(StateFile) || !(await File.ReadAllTextAsync(StateFile)).Contains("Findable", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        // A copy taken at any instant is a whole state: another simulator starts from it.
        string copy = Path.Combine(_folder, "copy.json");
        File.Copy(StateFile, copy);
        await using TestAccount other = await TestAccount.StartAsync(options => options.StateFile = copy);
        Assert.Equal("Findable", other.Simulator.Leads.Single().Name);
    }

    [Fact]
    public async Task A_stop_waits_for_no_hook_and_no_request()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        receiver.Answer = async http =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 200;
        };
        // The clock stands still: neither the hooks' deadline nor the stall would ever end by itself.
        TestAccount account = await StartAsync(options => options.TimeProvider = new FakeTimeProvider());
        account.Simulator.Subscribe(receiver.Address, "add_lead");
        account.Simulator.AddFault(new SimulatorFault(FaultKind.Stall));
        Task<Answer> stalled = account.GetAsync("/api/v4/account");
        account.Simulator.CreateLeads(20);
        await receiver.WaitAsync(20);
        await account.Simulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        await Assert.ThrowsAsync<HttpRequestException>(() => stalled);
        Assert.Equal(20, account.Simulator.PendingHooks.Count);
        await account.DisposeAsync();
    }

    [Fact]
    public async Task A_block_and_another_accounts_file_are_recognised()
    {
        await using (TestAccount first = await StartAsync(options => (options.RequestsPerSecond, options.BlockAfterRateLimited, options.TimeProvider) = (1, 1, new FakeTimeProvider())))
        {
            await first.GetAsync("/api/v4/account");
            await first.GetAsync("/api/v4/account");
            Assert.True(first.Simulator.IsBlocked);
        }

        await using (TestAccount second = await StartAsync())
        {
            Assert.Equal(403, (await second.GetAsync("/api/v4/account")).Status);
        }

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync(options => options.AccountId = 5));
        Assert.Contains("30000001", error.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(StateFile, "{");
        await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<TestAccount> StartAsync(Action<KommoSimulatorOptions>? configure = null) => TestAccount.StartAsync(options =>
    {
        options.StateFile = StateFile;
        configure?.Invoke(options);
    });
}
