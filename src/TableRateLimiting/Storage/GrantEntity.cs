using Azure.Data.Tables;
using TableRateLimiting.Grants;

namespace TableRateLimiting.Storage;

/// <summary>The wire format, version 2 (described in docs/table-rate-limiting.md). Unknown properties are left as they are.</summary>
internal static class GrantEntity
{
    public const int Format = 2;

    private const string FormatName = "Format";
    private const string GrantsName = "Grants";
    private const string FloorName = "Floor";
    private const string InteractiveSeenName = "InteractiveSeen";
    private const string BackgroundSeenName = "BackgroundSeen";
    private const string PausedUntilName = "PausedUntil";
    private const string SwapsName = "Swaps";

    public static TableEntity Write(string partitionKey, string rowKey, GrantRecord record) => new(partitionKey, rowKey)
    {
        [FormatName] = Format,
        [GrantsName] = GrantText.Write(record.Grants),
        [FloorName] = record.Floor,
        [InteractiveSeenName] = record.InteractiveSeen,
        [BackgroundSeenName] = record.BackgroundSeen,
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

        return new GrantRecord(
            GrantText.Read(entity.GetString(GrantsName) ?? ""),
            entity.GetInt64(FloorName) ?? 0,
            entity.GetInt64(PausedUntilName) ?? 0,
            entity.GetInt64(InteractiveSeenName) ?? 0,
            entity.GetInt64(BackgroundSeenName) ?? 0,
            [.. (entity.GetString(SwapsName) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
