using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <content>Values by their paths.</content>
public sealed partial class WebhookFields
{
    /// <summary>The whole number at a path; null when there is none.</summary>
    public long? GetInt64(string path) => TryFind(path, out var value) ? Int64(value) : null;

    /// <summary>The number at a path, with a point; null when there is none.</summary>
    public decimal? GetDecimal(string path) => TryFind(path, out var value) ? Decimal(value) : null;

    /// <summary>The flag at a path, <c>1</c> or <c>0</c>; null when there is none.</summary>
    public bool? GetBoolean(string path) => TryFind(path, out var value) ? Boolean(value) : null;

    /// <summary>
    /// The time at a path; null when there is none. Unix seconds tell an instant by themselves, a local text only with
    /// <see cref="TimeZone"/>.
    /// </summary>
    public DateTimeOffset? GetTime(string path) => TryFind(path, out var value) ? Time(value) : null;

    internal string? GetText(ReadOnlySpan<byte> path) => TryFind(path, out var value) ? Encoding.UTF8.GetString(value) : null;

    internal long? GetInt64(ReadOnlySpan<byte> path) => TryFind(path, out var value) ? Int64(value) : null;

    internal decimal? GetDecimal(ReadOnlySpan<byte> path) => TryFind(path, out var value) ? Decimal(value) : null;

    internal bool? GetBoolean(ReadOnlySpan<byte> path) => TryFind(path, out var value) ? Boolean(value) : null;

    internal DateTimeOffset? GetTime(ReadOnlySpan<byte> path) => TryFind(path, out var value) ? Time(value) : null;

    internal EntityType? GetEntityType(ReadOnlySpan<byte> path) =>
        GetText(path) is { } name && !string.IsNullOrWhiteSpace(name) && name != "0" ? EntityType.Parse(name) : null;

    internal bool ValueEquals(ReadOnlySpan<byte> path, ReadOnlySpan<byte> expected) =>
        TryFind(path, out var value) && value.SequenceEqual(expected);

    /// <summary>Whether there is a field below a path, given as its key: <c>[note]</c>.</summary>
    internal bool HasBelow(ReadOnlySpan<byte> key)
    {
        foreach (var span in Spans)
        {
            if (span.KeyLength > key.Length && span.Key(Buffer).StartsWith(key))
            {
                return true;
            }
        }

        return false;
    }

    private static long? Int64(ReadOnlySpan<byte> value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static decimal? Decimal(ReadOnlySpan<byte> value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? Boolean(ReadOnlySpan<byte> value)
    {
        if (value.SequenceEqual("1"u8) || value.SequenceEqual("true"u8) || value.SequenceEqual("Y"u8))
        {
            return true;
        }

        return value.SequenceEqual("0"u8) || value.SequenceEqual("false"u8) || value.SequenceEqual("N"u8) ? false : null;
    }

    private DateTimeOffset? Time(ReadOnlySpan<byte> value) => HookTime.TryRead(value, TimeZone, out var time) ? time : null;

    private bool TryFind(string path, out ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(path);
        var length = Encoding.UTF8.GetMaxByteCount(path.Length);
        Span<byte> utf8 = length <= StackPath ? stackalloc byte[StackPath] : new byte[length];
        return TryFind(utf8[..Encoding.UTF8.GetBytes(path, utf8)], out value);
    }

    private bool TryFind(scoped ReadOnlySpan<byte> path, out ReadOnlySpan<byte> value)
    {
        var spans = Spans;
        var length = path.IsEmpty ? 0 : path.Length + 2;
        for (var i = spans.Length - 1; i >= 0; i--)
        {
            if (spans[i].KeyLength == length && KeyPath.Matches(spans[i].Key(Buffer), path))
            {
                value = spans[i].Value(Buffer);
                return true;
            }
        }

        value = default;
        return false;
    }
}
