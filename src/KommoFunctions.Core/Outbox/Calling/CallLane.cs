using System.Security.Cryptography;
using System.Text;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.OwnWrites;
using KommoFunctions.Splitting;

namespace KommoFunctions.Outbox;

/// <summary>
/// Logs calls. Kommo takes and refuses each on its own, and makes a note of what it takes on whoever has the number; in doubt the notes are looked
/// through for the calls' unique ids.
/// </summary>
internal sealed class CallLane() : Lane<NewCall>(LaneName)
{
    public const string LaneName = "calls.create";

    private const string NoteAction = "note";

    private static readonly EntityType[] Holders = [EntityType.Contacts, EntityType.Companies, EntityType.Leads];

    /// <summary>Kommo's clock and ours may differ by this much.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    public override LaneRepetition Repetition => LaneRepetition.AfterAsking;

    public override IReadOnlyList<PendingCommand> Select(IReadOnlyList<PendingCommand> commands, int limit, bool merge) =>
        [.. commands.Take(limit)];

    public override async Task<IReadOnlyList<DoneCommand>> FindDoneAsync(
        KommoClient kommo,
        IReadOnlyList<PendingCommand> commands,
        DateTimeOffset since,
        IReadOnlySet<long> known,
        CancellationToken cancellationToken)
    {
        var wanted = commands.Select(c => (c.Id, Call: TryRead(c))).Where(c => c.Call is not null)
            .GroupBy(c => UniqOf(c.Id, c.Call!), c => c.Id).ToDictionary(same => same.Key, same => new Queue<string>(same));
        var query = new NoteQuery { NoteTypes = [NoteTypes.CallIn, NoteTypes.CallOut], UpdatedAt = TimeRange.Since(since - ClockTolerance) };
        var done = new List<DoneCommand>();
        foreach (var holder in Holders)
        {
            await foreach (var note in kommo.NotesOn(holder).ListAsync(query, cancellationToken))
            {
                if (!known.Contains(note.Id) && note.Params?.Uniq is { } uniq
                    && wanted.TryGetValue(uniq, out var ids) && ids.TryDequeue(out var id))
                {
                    done.Add(new DoneCommand(id, note.Id, WriteTrace.OfMade(holder.Name, note.Id, NoteAction)));
                }
            }
        }

        return done;
    }

    /// <summary>A call's note is of a type of its own: 10 or 11 (Kommo: Webhooks, notes).</summary>
    public override WriteTrace? TraceOf(WebhookEvent e) => e is INoteEvent { Note: { NoteType: 10 or 11, Id: { } id } } && EntityName.Of(e) is { } note
        ? WriteTrace.OfMade(note.Kind.Split('.')[0], id, NoteAction)
        : null;

    protected override async Task<LaneAnswer> SendAsync(
        KommoClient kommo, IReadOnlyList<(PendingCommand Command, NewCall Item)> commands, CancellationToken cancellationToken)
    {
        var calls = commands.Select(c => c.Item with { RequestId = c.Command.Id, Uniq = UniqOf(c.Command.Id, c.Item) });
        var oneRequest = new WriteOptions { BatchSize = commands.Count, ResendSoundItems = false };
        var results = await kommo.Calls.CreateAsync(calls, oneRequest, cancellationToken);
        var (done, refused, unanswered) = (new List<DoneCommand>(), new List<(PendingCommand, string)>(), new List<string>());
        foreach (var (command, result) in commands.Select(c => c.Command).Zip(results))
        {
            if (result.IsSuccess)
            {
                done.Add(new DoneCommand(command.Id, result.Answer.Id, TraceOf(result.Answer)));
            }
            else if (result.Problems.Count > 0)
            {
                refused.Add((command, RefusedPositions.Describe(result.Problems)));
            }
            else if (result.Outcome == WriteOutcome.Unknown)
            {
                unanswered.Add(command.Id);
            }
        }

        return done.Count + refused.Count == 0 && results.Failures.First().Error is { } error
            ? throw error
            : new LaneAnswer(done, refused) { Unanswered = unanswered };
    }

    private static WriteTrace? TraceOf(LoggedCall call) =>
        call.EntityType is { } entity ? WriteTrace.OfMade(entity.Name, call.Id, NoteAction) : null;

    /// <summary>The caller's, or one that is the same at every attempt.</summary>
    private static string UniqOf(string commandId, NewCall call) =>
        call.Uniq ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(commandId)))[..32];
}
