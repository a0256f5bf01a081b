using Kommo.Webhooks;

namespace KommoFunctions.Handling;

/// <summary>
/// Your code for one kind of event. Register it with <see cref="KommoFunctionsBuilder.AddHandler{THandler}"/>; a class may handle several
/// kinds. A handler of a base type, such as <see cref="LeadEvent"/>, gets all events under it.
/// </summary>
/// <typeparam name="TEvent">The kind of event.</typeparam>
/// <remarks>
/// <para>A handler may run more than once for one event: after a crash, or when another handler of the event failed. What it sends through
/// <see cref="EventContext"/> happens once all the same; what it does by itself should be safe to repeat.</para>
/// <para>An exception puts the event back with a growing delay. Trouble that passes (Kommo away, limits) is waited out for days; any other
/// error makes a dead letter of the event after a few attempts.</para>
/// </remarks>
public interface IEventHandler<in TEvent>
    where TEvent : WebhookEvent
{
    /// <summary>Handles one event.</summary>
    Task HandleAsync(TEvent e, EventContext context, CancellationToken cancellationToken);
}
