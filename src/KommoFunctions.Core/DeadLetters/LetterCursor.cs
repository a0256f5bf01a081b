using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// Where a page ended: the last item's place. What is discarded meanwhile, that item included, moves nothing; what dies meanwhile is on a later page
/// or on none, never twice.
/// </summary>
internal readonly record struct LetterCursor(string PartitionKey, string RowKey)
{
    public static LetterCursor At(DeadLetterSummary item) => new(LetterRow.PartitionKey(item.AccountId), item.Id);

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{PartitionKey}\n{RowKey}"));

    public static bool TryParse(string token, [NotNullWhen(true)] out LetterCursor? cursor)
    {
        cursor = Base64Url.IsValid(token) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('\n') is [{ Length: > 0 } partition, { Length: > 0 } row]
            ? new LetterCursor(partition, row)
            : null;
        return cursor is not null;
    }
}

/// <summary>A page of dead letters.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
internal sealed record LetterPage(IReadOnlyList<DeadLetterSummary> Items, LetterCursor? Next);
