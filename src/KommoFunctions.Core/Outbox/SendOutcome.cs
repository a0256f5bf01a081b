using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>What became of a batch.</summary>
/// <param name="Done">What Kommo carried out.</param>
/// <param name="Refused">What Kommo refuses, with its words; the rest of the batch stays where it is.</param>
/// <param name="BatchLimit">The limit for the next batch; 0 = the configured one.</param>
internal sealed record SendOutcome(
    IReadOnlyList<DoneCommand> Done, IReadOnlyList<(PendingCommand Command, string Error)> Refused, int BatchLimit)
{
    /// <summary>
    /// Kommo refuses a request as a whole and names the items that are wrong: those leave, and the others are sent without them. When it
    /// names none, smaller batches find the culprit.
    /// </summary>
    public static SendOutcome OfRefusal(KommoValidationException refusal, IReadOnlyList<PendingCommand> batch)
    {
        var named = refusal.Items
            .Where(item => item.RequestId is not null)
            .GroupBy(item => item.RequestId!)
            .ToDictionary(group => group.Key, group => Describe(group.SelectMany(item => item.Errors)));
        var wrong = batch.Where(c => named.ContainsKey(c.Id)).Select(c => (c, named[c.Id])).ToList();
        if (wrong.Count > 0)
        {
            return new SendOutcome([], wrong, 0);
        }

        return batch.Count == 1
            ? new SendOutcome([], [(batch[0], refusal.Message)], 0)
            : new SendOutcome([], [], batch.Count / 2);
    }

    /// <summary>Codes and paths, not the detail: it may repeat what a person wrote.</summary>
    private static string Describe(IEnumerable<KommoFieldProblem> problems) =>
        "Kommo refused " + string.Join(", ", problems.Select(p => $"{p.Path ?? "the item"} ({p.Code ?? "no code"})"));
}
