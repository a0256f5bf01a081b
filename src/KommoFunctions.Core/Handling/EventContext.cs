using Kommo;
using KommoFunctions.Outbox;

namespace KommoFunctions.Handling;

/// <summary>What a handler has at hand: where the event came from, Kommo's API, and the outbox for its writes.</summary>
public sealed class EventContext
{
    private readonly List<KommoCommand> _commands = [];

    internal EventContext(string eventId, long accountId, DateTimeOffset receivedAt, KommoClient kommo)
    {
        EventId = eventId;
        AccountId = accountId;
        ReceivedAt = receivedAt;
        Kommo = kommo;
    }

    /// <summary>The event's identity, derived from its content: the same at every attempt.</summary>
    public string EventId { get; }

    /// <summary>The Kommo account.</summary>
    public long AccountId { get; }

    /// <summary>When the hook was taken in, UTC: the same at every attempt, unlike the clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>
    /// Whether a later event of the same entity has been processed already: Kommo promises no order. What the event tells is then out of date;
    /// read the entity before you act on it. A note and what it stands on are different entities; an event that tells no time is never stale.
    /// </summary>
    public bool IsStale { get; internal init; }

    /// <summary>
    /// Whether a write of ours caused the event: a command of the outbox, or a handler's own with <see cref="Kommo"/>. Only handlers that asked for such events see one
    /// (<see cref="KommoFunctionsBuilder.AddHandler{THandler}"/>).
    /// </summary>
    public bool IsOwnWrite { get; internal init; }

    /// <summary>
    /// Kommo's API for this account, for reads and for writes that need their answer. Every request takes a permit from the rate limiter. A
    /// write made here is repeated when the handler runs again; <see cref="Send"/> is not.
    /// </summary>
    public KommoClient Kommo { get; }

    /// <summary>What the handlers of the event sent so far.</summary>
    internal IReadOnlyList<KommoCommand> Commands => _commands;

    /// <summary>
    /// Hands a write over to the outbox: it is sent once, in order, together with others in one request. Nothing is sent when the handler
    /// fails afterwards.
    /// </summary>
    /// <exception cref="ArgumentException">The command lacks what Kommo needs, or is against a documented limit: it could never be carried out.</exception>
    public void Send(KommoCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Require();
        _commands.Add(command);
    }
}
