using System.Collections.Concurrent;
using Kommo.Webhooks;
using KommoFunctions.Handling;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>What a test's handlers do, and what they saw.</summary>
internal sealed class HandlerScript
{
    private readonly ConcurrentQueue<(string Handler, WebhookEvent Event)> _seen = new();

    /// <summary>What every handler does after it noted the event.</summary>
    public Func<WebhookEvent, EventContext, CancellationToken, Task> Do { get; set; } = (_, _, _) => Task.CompletedTask;

    public IReadOnlyList<(string Handler, WebhookEvent Event)> Seen => [.. _seen];

    /// <summary>What handlers of anything but events saw.</summary>
    public ConcurrentQueue<object> Requests { get; } = new();

    public Task RunAsync(object handler, WebhookEvent e, EventContext context, CancellationToken cancellationToken)
    {
        _seen.Enqueue((handler.GetType().Name, e));
        return Do(e, context, cancellationToken);
    }
}

internal sealed class LeadAddedHandler(HandlerScript script) : IEventHandler<LeadAdded>
{
    public Task HandleAsync(LeadAdded e, EventContext context, CancellationToken cancellationToken) =>
        script.RunAsync(this, e, context, cancellationToken);
}

internal sealed class AnyLeadHandler(HandlerScript script) : IEventHandler<LeadEvent>
{
    public Task HandleAsync(LeadEvent e, EventContext context, CancellationToken cancellationToken) =>
        script.RunAsync(this, e, context, cancellationToken);
}

internal sealed class TaskAndContactHandler(HandlerScript script) : IEventHandler<TaskAdded>, IEventHandler<ContactAdded>
{
    public Task HandleAsync(TaskAdded e, EventContext context, CancellationToken cancellationToken) =>
        script.RunAsync(this, e, context, cancellationToken);

    public Task HandleAsync(ContactAdded e, EventContext context, CancellationToken cancellationToken) =>
        script.RunAsync(this, e, context, cancellationToken);
}
