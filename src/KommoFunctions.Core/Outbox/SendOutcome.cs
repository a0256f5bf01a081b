using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>What became of a batch. What is in none of the lists was not carried out and stays in the outbox.</summary>
internal sealed record SendOutcome
{
    /// <summary>What Kommo carried out.</summary>
    public IReadOnlyList<DoneCommand> Done { get; init; } = [];

    /// <summary>What Kommo refuses, with its words.</summary>
    public IReadOnlyList<(PendingCommand Command, string Error)> Refused { get; init; } = [];

    /// <summary>What Kommo's answer says nothing of: in doubt.</summary>
    public IReadOnlyList<string> Unanswered { get; init; } = [];

    /// <summary>
    /// Creations of a request that Kommo refused for other items in it, or without a name. Everything says that it made none of them, but no page of Kommo's
    /// promises that: Kommo is asked before they are sent again.
    /// </summary>
    public IReadOnlyList<PendingCommand> Unverified { get; init; } = [];

    /// <summary>The limit for the next batch; 0 = the configured one.</summary>
    public int BatchLimit { get; init; }

    /// <summary>Whether the next batch takes each entity once, so that a refusal tells which command is to blame.</summary>
    public bool Unmerged { get; init; }

    public static SendOutcome OfAnswer(LaneAnswer answer, int batchLimit) => new()
    {
        Done = answer.Done,
        Refused = answer.Refused,
        Unanswered = answer.Unanswered,
        BatchLimit = batchLimit,
    };

    /// <summary>
    /// Kommo refuses a request as a whole and names the items that are wrong: those leave, and the others are sent without them. When it
    /// names none, smaller batches find the culprit; when an item stands for several commands, they are sent one by one.
    /// </summary>
    public static SendOutcome OfRefusal(KommoValidationException refusal, IReadOnlyList<PendingCommand> batch, ILane lane)
    {
        var named = refusal.Items
            .Where(item => item.RequestId is not null)
            .GroupBy(item => item.RequestId!)
            .ToDictionary(group => group.Key, group => RefusedPositions.Describe(group.SelectMany(item => item.Errors)));
        var items = batch.GroupBy(lane.ItemOf).Select(item => item.ToList()).ToList();
        var wrong = items.FindAll(item => named.ContainsKey(item[0].Id));
        if (wrong.Count == 0)
        {
            if (items.Count > 1)
            {
                return new SendOutcome { BatchLimit = items.Count / 2, Unverified = [.. batch.Where(IsToBeAskedFor)] };
            }

            (wrong, named[batch[0].Id]) = (items, refusal.Message);
        }

        return new SendOutcome
        {
            Refused = [.. wrong.Where(item => item.Count == 1).Select(item => (item[0], named[item[0].Id]))],
            Unmerged = wrong.Exists(item => item.Count > 1),
            Unverified = [.. items.Except(wrong).SelectMany(item => item).Where(IsToBeAskedFor)],
        };

        bool IsToBeAskedFor(PendingCommand command) => lane.RepetitionOf(command) == LaneRepetition.AfterAsking;
    }
}
