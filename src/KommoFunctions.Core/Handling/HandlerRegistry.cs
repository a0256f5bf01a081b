using Kommo.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Handling;

/// <summary>Which handlers there are, and which of them an event goes to.</summary>
internal sealed class HandlerRegistry
{
    private readonly List<Registration> _registrations = [];

    /// <summary>The kinds of events that some handler is for.</summary>
    public IEnumerable<Type> EventTypes => _registrations.Select(r => r.EventType).Distinct();

    /// <summary>The names of the subscription settings that make Kommo send all of that, in a fixed order.</summary>
    public IReadOnlyList<string> Subscription =>
        [.. EventTypes.SelectMany(WebhookSettings.For).Distinct().Order(StringComparer.Ordinal)];

    public void Add(Type handler, bool ownWrites = false)
    {
        var kinds = handler.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEventHandler<>))
            .Select(i => i.GetGenericArguments()[0])
            .ToList();
        if (kinds.Count == 0)
        {
            throw new ArgumentException($"{handler.Name} handles no event: it should implement IEventHandler<TEvent>, e.g. IEventHandler<LeadAdded>.");
        }

        foreach (var kind in kinds)
        {
            var invoker = (Invoker)Activator.CreateInstance(typeof(Invoker<>).MakeGenericType(kind))!;
            _registrations.Add(new Registration(handler, kind, invoker, ownWrites));
        }
    }

    public bool HandlesAny(Type eventType) => _registrations.Exists(r => r.EventType.IsAssignableFrom(eventType));

    /// <summary>Whether some handler is for such an event even when a write of ours caused it.</summary>
    public bool HandlesOwnWrites(Type eventType) => _registrations.Exists(r => r.OwnWrites && r.EventType.IsAssignableFrom(eventType));

    /// <summary>Runs the handlers of the event one after the other, in the order of their registration.</summary>
    public async Task InvokeAsync(IServiceProvider services, WebhookEvent e, EventContext context, CancellationToken cancellationToken)
    {
        foreach (var registration in _registrations)
        {
            if (registration.EventType.IsInstanceOfType(e) && (registration.OwnWrites || !context.IsOwnWrite))
            {
                await registration.Invoker.InvokeAsync(services.GetRequiredService(registration.Handler), e, context, cancellationToken);
            }
        }
    }

    private sealed record Registration(Type Handler, Type EventType, Invoker Invoker, bool OwnWrites);

    private abstract class Invoker
    {
        public abstract Task InvokeAsync(object handler, WebhookEvent e, EventContext context, CancellationToken cancellationToken);
    }

    private sealed class Invoker<TEvent> : Invoker
        where TEvent : WebhookEvent
    {
        public override Task InvokeAsync(object handler, WebhookEvent e, EventContext context, CancellationToken cancellationToken) =>
            ((IEventHandler<TEvent>)handler).HandleAsync((TEvent)e, context, cancellationToken);
    }
}
