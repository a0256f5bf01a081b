using System.Collections.Immutable;
using System.Globalization;
using Azure.Data.Tables;

namespace TableRateLimiting.Internal;

/// <summary>The wire format, version 1 (described in docs/table-rate-limiting.md). Unknown properties are left as they are.</summary>
internal static class GrantEntity
{
    public const int Format = 1;

    private const string FormatName = "Format";
    private const string GrantsName = "Grants";
    private const string PausedUntilName = "PausedUntil";
    private const string SwapsName = "Swaps";

    public static TableEntity Write(string partitionKey, string rowKey, GrantRecord record) => new(partitionKey, rowKey)
    {
        [FormatName] = Format,
        [GrantsName] = string.Join(' ', record.Grants.Select(instant => instant.ToString(CultureInfo.InvariantCulture))),
        [PausedUntilName] = record.PausedUntil,
        [SwapsName] = string.Join(' ', record.Swaps),
    };

    /// <exception cref="InvalidDataException">The entity is not of this format. Granting on a guess could break the limit.</exception>
    public static GrantRecord Read(TableEntity entity)
    {
        if (entity.GetInt32(FormatName) is not Format)
        {
            throw new InvalidDataException($"The limiter's entity has format {entity.GetInt32(FormatName)}; this version reads and writes {Format}.");
        }

        var grants = Words(entity.GetString(GrantsName)).Select(word =>
            long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var instant)
                ? instant
                : throw new InvalidDataException($"The limiter's entity has a grant that is no instant: '{word}'."));
        return new GrantRecord([.. grants.Order()], entity.GetInt64(PausedUntilName) ?? 0, [.. Words(entity.GetString(SwapsName))]);
    }

    private static ImmutableArray<string> Words(string? text) => [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
