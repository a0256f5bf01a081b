namespace KommoFunctions.DeadLetters;

/// <summary>What a dead letter is about, as far as it could be read.</summary>
/// <param name="Kind"><c>hook</c>, <c>event</c>, <c>salesbot</c>, <c>chat</c>, <c>uninstall</c>, <c>command</c> or <c>bell</c>.</param>
/// <param name="MessageId">The message's id, which the log names it by; of an event the id that its handlers see.</param>
/// <param name="Entity">The kind of entity as Kommo's hooks name it, or the lane of a command; of a hook with several events that of the first.</param>
/// <param name="Action">What happened to it; of a hook with several events to the first.</param>
/// <param name="EntityId">The entity's id.</param>
/// <param name="Events">How many events a hook holds; 0 for what is no hook.</param>
public sealed record DeadLetterSubject(
    string Kind, string? MessageId = null, string? Entity = null, string? Action = null, string? EntityId = null, int Events = 0);
