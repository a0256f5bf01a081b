using System.Globalization;
using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Items that Kommo refuses on a route whose items have no <c>request_id</c>: it names them by their place, counted from 0.</summary>
internal static class RefusedPositions
{
    public static IReadOnlyList<(int Position, string Error)> Of(KommoValidationException refusal, int count) =>
    [
        .. refusal.Items
            .Where(item => int.TryParse(item.RequestId, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < count)
            .GroupBy(item => int.Parse(item.RequestId!, CultureInfo.InvariantCulture))
            .Select(group => (group.Key, Describe(group.SelectMany(item => item.Errors)))),
    ];

    /// <summary>Codes and paths, not the detail: it may repeat what a person wrote.</summary>
    public static string Describe(IEnumerable<KommoFieldProblem> problems) =>
        "Kommo refused " + string.Join(", ", problems.Select(p => $"{p.Path ?? "the item"} ({p.Code ?? "no code"})"));
}
