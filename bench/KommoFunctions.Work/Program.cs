using System.CommandLine;
using KommoFunctions.Work;

var root = new RootCommand("What becomes of work between a hook and Kommo: how much of it goes through, how soon, how fairly, and at what cost. Counted by the simulated Kommo and the storage proxy.");
var processes = Number("--processes", "How many app processes", 1);
var eventsPerHook = Number("--events-per-hook", "Leads that one hook tells of", 1);

var events = Number("--events", "Events that go through the app", 2000);
var baseline = Number("--baseline", "Events of which each is one call", 200);
var ahead = Number("--ahead", "The most events that wait at a time: the emulator's queues become slow with their length", 400);
Add("throughput", "Events that write a task and a note each, beside one call an event at the same limit.", [events, baseline, eventsPerHook, ahead, processes],
    (result, token) => new ThroughputRun(
        new ThroughputOptions
        {
            Events = result.GetValue(events),
            Baseline = result.GetValue(baseline),
            EventsPerHook = result.GetValue(eventsPerHook),
            Ahead = result.GetValue(ahead),
            Processes = result.GetValue(processes),
        },
        Console.Out).RunAsync(token));

var leads = Number("--leads", "How many leads, one at a time", 40);
var pause = Number("--pause", "Milliseconds between them", 1000);
Add("quiet", "From a quiet account's hook to its effects in Kommo.", [leads, pause],
    (result, token) => new QuietRun(result.GetValue(leads), TimeSpan.FromMilliseconds(result.GetValue(pause)), Console.Out).RunAsync(token));

var backlog = Number("--backlog", "Events of the busy account", 5000);
var samples = Number("--samples", "Leads of the other one, alone and beside the backlog", 10);
var eventsPerBusyHook = Number("--events-per-hook", "Leads that one of the busy account's hooks tells of", 50);
Add("fair", "An account's delay while another one has a backlog.", [backlog, eventsPerBusyHook, samples, processes],
    (result, token) => new FairRun(result.GetValue(backlog), result.GetValue(eventsPerBusyHook), result.GetValue(samples), result.GetValue(processes), Console.Out).RunAsync(token));

var awayEvents = Number("--events", "Events that come in while Kommo is away", 500);
var batch = Number("--batch", "Items in one request: few, so that there is a drain to measure", 5);
var minutes = Number("--minutes", "How long Kommo is away", 60);
var scale = Number("--scale", "How many times shorter that is played, the app's delays with it", 60);
Add("away", "Kommo is away for an hour, and comes back.", [awayEvents, batch, minutes, scale, processes], (result, token) => new AwayRun(
    new AwayOptions
    {
        Events = result.GetValue(awayEvents),
        BatchSize = result.GetValue(batch),
        Processes = result.GetValue(processes),
        StandsFor = TimeSpan.FromMinutes(result.GetValue(minutes)),
        Scale = result.GetValue(scale),
    },
    Console.Out).RunAsync(token));

var counted = Number("--events", "Events that are counted", 500);
Add("cost", "Storage requests and function executions of an event, step by step.", [counted, eventsPerHook],
    (result, token) => new CostRun(result.GetValue(counted), result.GetValue(eventsPerHook), Console.Out).RunAsync(token));

var old = Number("--events", "Old events that the clean-up removes", 20_000);
var accounts = Number("--accounts", "Accounts that they are spread over, each over 256 partitions", 2);
var oneByOne = Number("--one-by-one", "Old events that are removed one after the other, to compare", 500);
Add("retention", "How many rows of old events the clean-up removes in a second.", [old, accounts, oneByOne],
    (result, token) => new RetentionRun(result.GetValue(old), result.GetValue(accounts), result.GetValue(oneByOne), Console.Out).RunAsync(token));

return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });

static Option<int> Number(string name, string description, int value)
{
    var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is < 1 or > 1_000_000)
        {
            result.AddError($"{name} should be a whole number from 1 to 1000000.");
        }
    });
    return option;
}

void Add(string name, string description, IReadOnlyList<Option> options, Func<ParseResult, CancellationToken, Task<int>> run)
{
    var command = new Command(name, description);
    foreach (var option in options)
    {
        command.Options.Add(option);
    }

    command.SetAction(async (result, token) =>
    {
        try
        {
            return await run(result, token);
        }
        catch (TimeoutException e)
        {
            Console.WriteLine($"Wrong: {e.Message}");
            return 1;
        }
    });
    root.Subcommands.Add(command);
}
