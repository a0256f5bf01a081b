using System.Text;

namespace Kommo.Webhooks;

/// <summary>
/// A field's key as it stands behind the item, <c>[name]</c> or <c>[tags][0][id]</c>, and its path as people write it,
/// <c>name</c> or <c>tags[0][id]</c>.
/// </summary>
internal static class KeyPath
{
    /// <summary>The path of a key. A key that is not made of whole brackets is its own path.</summary>
    public static string ToPath(ReadOnlySpan<byte> key)
    {
        if (!TryTakeSegment(key, out var first, out var rest))
        {
            return Encoding.UTF8.GetString(key);
        }

        return rest.IsEmpty
            ? Encoding.UTF8.GetString(first)
            : string.Concat(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(rest));
    }

    /// <summary>The key of a path; throws for a path that no well-formed key has.</summary>
    public static string ToKey(string path)
    {
        var end = path.IndexOf('[', StringComparison.Ordinal);
        var first = end < 0 ? path : path[..end];
        var rest = end < 0 ? "" : path[end..];
        if (first.Contains(']', StringComparison.Ordinal) || !IsWhole(rest))
        {
            throw new ArgumentException("A path is a name followed by names in brackets.", nameof(path));
        }

        return path.Length == 0 ? "" : $"[{first}]{rest}";
    }

    /// <summary>Whether a key has this path, without making either into the other.</summary>
    public static bool Matches(ReadOnlySpan<byte> key, ReadOnlySpan<byte> path)
    {
        if (key.Length != path.Length + 2 || key.IsEmpty)
        {
            return key.IsEmpty && path.IsEmpty;
        }

        var end = path.IndexOf((byte)'[');
        end = end < 0 ? path.Length : end;
        return key[0] == '[' && key[end + 1] == ']' && key.Slice(1, end).SequenceEqual(path[..end]) && key[(end + 2)..].SequenceEqual(path[end..]);
    }

    /// <summary>Takes the first bracketed name off a key.</summary>
    public static bool TryTakeSegment(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> segment, out ReadOnlySpan<byte> rest)
    {
        segment = default;
        rest = key;
        if (key.IsEmpty || key[0] != '[')
        {
            return false;
        }

        var end = key[1..].IndexOfAny((byte)'[', (byte)']');
        if (end < 0 || key[end + 1] == '[')
        {
            return false;
        }

        segment = key.Slice(1, end);
        rest = key[(end + 2)..];
        return true;
    }

    /// <summary>Whether a name is an index: one or more decimal digits.</summary>
    public static bool IsIndex(ReadOnlySpan<byte> segment) => !segment.IsEmpty && !segment.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsWhole(string brackets)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(brackets);
        while (!rest.IsEmpty)
        {
            if (!TryTakeSegment(rest, out _, out rest))
            {
                return false;
            }
        }

        return true;
    }
}
