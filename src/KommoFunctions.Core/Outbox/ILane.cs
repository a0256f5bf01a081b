using System.Text.Json;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;

namespace KommoFunctions.Outbox;

/// <summary>One API route that commands are sent by: how a command is stored, sent with others, and found again when in doubt.</summary>
internal interface ILane
{
    string Name { get; }

    /// <summary>The command's content as JSON.</summary>
    string Write(KommoCommand command);

    /// <summary>What is to be done about a command whose request's answer was lost.</summary>
    LaneRepetition Repetition { get; }

    /// <summary>The same of one command, where a lane has more than one kind.</summary>
    LaneRepetition RepetitionOf(PendingCommand command) => Repetition;

    /// <summary>The most items that Kommo takes in one request of the route, whatever is configured.</summary>
    int MostItems { get; }

    /// <summary>Those of the oldest commands, in order, that may go into one request.</summary>
    /// <param name="commands">The oldest commands of the lane.</param>
    /// <param name="limit">The most items that the request may have.</param>
    /// <param name="merge">Whether several commands for one entity may become one item; if not, an entity is taken once.</param>
    IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge);

    /// <summary>
    /// The key of what a command becomes a part of: commands of one key may be merged into one item. An entity's id for a change, the command's
    /// own id for what shares an item with no other.
    /// </summary>
    string ItemOf(PendingCommand command);

    /// <summary>
    /// Sends all in one request, each with its id as <c>request_id</c>; commands that are merged into one item share the id of the first of them.
    /// </summary>
    /// <returns>What Kommo carried out, and what it refused while it took the others; what it answers nothing about is missing.</returns>
    /// <exception cref="KommoException">Kommo could not be reached or refused the request.</exception>
    Task<LaneAnswer> SendAsync(KommoClient kommo, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken);

    /// <summary>Asks Kommo which of the commands it has carried out: of a request whose answer was lost.</summary>
    /// <param name="kommo">The account's API.</param>
    /// <param name="commands">The commands in doubt.</param>
    /// <param name="since">When the request was made.</param>
    /// <param name="known">What Kommo made for other commands of the lane: it stands for none of these.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>Those that must not be sent again.</returns>
    Task<IReadOnlyList<DoneCommand>> FindDoneAsync(
        KommoClient kommo,
        IReadOnlyList<PendingCommand> commands,
        DateTimeOffset since,
        IReadOnlySet<long> known,
        CancellationToken cancellationToken);

    /// <summary>Asks Kommo what the commands, which change something, were to change and has been changed by others.</summary>
    /// <param name="kommo">The account's API.</param>
    /// <param name="commands">The commands in doubt.</param>
    /// <param name="since">From when on a change is not their own.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>Those of the commands that may no longer be wanted.</returns>
    Task<IReadOnlyList<PendingCommand>> FindOvertakenAsync(
        KommoClient kommo, IReadOnlyList<PendingCommand> commands, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>
    /// The trace that a command of this lane has left if it caused the event; null when this lane causes no such events.
    /// </summary>
    WriteTrace? TraceOf(WebhookEvent e);

    /// <summary>Reads a command's content as <see cref="SendAsync"/> will, to see whether it can be.</summary>
    /// <exception cref="JsonException">The content is none of this lane's; the message says what is wrong with it.</exception>
    void Check(string json);
}
