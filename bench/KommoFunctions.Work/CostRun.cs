using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Bench;
using KommoFunctions.Emulators;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Handlers;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Splitting;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Work;

/// <summary>
/// What an event costs: requests to storage by kind, and executions of functions. The steps run one after the other, each until its queue is empty, with the
/// core in this process, so that each request can be told whose it is.
/// </summary>
internal sealed class CostRun(int events, int eventsPerHook, TextWriter output)
{
    /// <summary>What the trigger takes at once.</summary>
    private const int MessagesPerRequest = 16;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>What was put back is not due yet.</summary>
    private static readonly TimeSpan UntilDue = TimeSpan.FromMilliseconds(100);

    private readonly CostSheet _sheet = new(events);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        output.WriteLine("Starting storage, vault and Kommo");
        var address = new Uri($"http://localhost:{Ports.FindToKeep(1)[0]}");
        await using var surroundings = await BenchSurroundings.StartAsync(
            new BenchOptions { Address = address, LeadsBefore = [events + MessagesPerRequest] }, cancellationToken);
        await using var app = surroundings.CreateServices(counted: true, builder => builder.AddHandler<FollowUpOnNewLead>());
        var account = surroundings.Accounts[0];

        // What a process asks for once, the account's row say, is no event's cost.
        await RunAsync(surroundings, app, account.Leads.Take(MessagesPerRequest), new CostSheet(MessagesPerRequest), cancellationToken);
        output.WriteLine($"{Figures.Text(events)} events, {Figures.Text(eventsPerHook)} a hook");
        await RunAsync(surroundings, app, account.Leads.Skip(MessagesPerRequest), _sheet, cancellationToken);

        _sheet.Print(output);
        var effects = new Effects(account);
        var right = account.Leads.All(lead => effects.Missing(lead.Id) + effects.Doubled(lead.Id) == 0);
        output.WriteLine(right ? "Right: each lead has its task and its note." : "Wrong: not each lead has one task and one note.");
        return right ? 0 : 1;
    }

    private async Task RunAsync(
        BenchSurroundings surroundings, IServiceProvider app, IEnumerable<SimulatedLead> leads, CostSheet sheet, CancellationToken cancellationToken)
    {
        var account = surroundings.Accounts[0];
        var statistics = surroundings.Storage.Statistics;
        var hookAddress = await app.GetRequiredService<HookSubscriptions>().AddressOfAsync(account.Options.AccountId, cancellationToken);
        var hookToken = hookAddress.Segments[^1];
        await sheet.CountAsync("Intake", statistics, async () =>
        {
            var hooks = leads.Chunk(eventsPerHook).Select(chunk => LeadHook.Of(account, chunk)).ToList();
            foreach (var body in hooks)
            {
                await app.GetRequiredService<WebhookIntake>().ReceiveAsync(
                    $"{account.Options.AccountId}", hookToken, new MemoryStream(body), body.Length, null, cancellationToken);
            }

            return hooks.Count;
        });
        await sheet.CountAsync("Split", statistics, () => DrainAsync(surroundings, QueueNames.Hooks, app.GetRequiredService<HookSplitter>().ProcessAsync, cancellationToken));
        await sheet.CountAsync("Handle", statistics, () => DrainAsync(surroundings, QueueNames.Events, app.GetRequiredService<EventProcessor>().ProcessAsync, cancellationToken));
        await sheet.CountAsync("Dispatch", statistics, () => DrainAsync(surroundings, QueueNames.Dispatch, (_, bell, token) => app.GetRequiredService<CommandDispatcher>().ProcessAsync(bell, token), cancellationToken));
    }

    /// <summary>What the trigger does, until the step's queues are empty. Nothing is asked while nothing is there, so that waiting costs nothing here.</summary>
    private static async Task<int> DrainAsync(
        BenchSurroundings surroundings, string step, Func<string, BinaryData, CancellationToken, Task> process, CancellationToken cancellationToken)
    {
        var executions = 0;
        var service = new QueueServiceClient(surroundings.Storage.ConnectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var queues = QueueNames.All.Where(name => name.StartsWith(step, StringComparison.Ordinal)).ToList();
        while (true)
        {
            var left = 0;
            foreach (var name in queues)
            {
                if (await surroundings.Leftovers.CountMessagesAsync(name, cancellationToken) is > 0 and var waiting)
                {
                    left += waiting;
                    var queue = service.GetQueueClient(name);
                    var messages = (await queue.ReceiveMessagesAsync(MessagesPerRequest, Lease, cancellationToken)).Value;
                    executions += messages.Length;
                    await Task.WhenAll(messages.Select(message => RunAsync(queue, message, process, cancellationToken)));
                    await Task.Delay(messages.Length == 0 ? UntilDue : TimeSpan.Zero, TimeProvider.System, cancellationToken);
                }
            }

            if (left == 0)
            {
                return executions;
            }
        }
    }

    private static async Task RunAsync(
        QueueClient queue, QueueMessage message, Func<string, BinaryData, CancellationToken, Task> process, CancellationToken cancellationToken)
    {
        await process(queue.Name, message.Body, cancellationToken);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
    }
}
