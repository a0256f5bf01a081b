using System.Collections;
using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>
/// The raw fields of one item of a hook, in the body's order. Kommo sends every value as text; a path can carry a value
/// and have fields below it at once. Texts are made when asked for: until then all fields are offsets into one buffer.
/// </summary>
public sealed class WebhookFields : IReadOnlyList<WebhookField>, IEquatable<WebhookFields>
{
    private const int StackPath = 256;

    internal WebhookFields(byte[] buffer, ArraySegment<FieldSpan> spans)
    {
        Buffer = buffer;
        Spans = spans;
    }

    /// <inheritdoc />
    public int Count => Spans.Count;

    internal byte[] Buffer { get; }

    internal ArraySegment<FieldSpan> Spans { get; }

    /// <inheritdoc />
    public WebhookField this[int index] =>
        new(KeyPath.ToPath(Spans[index].Key(Buffer)), Encoding.UTF8.GetString(Spans[index].Value(Buffer)));

    /// <summary>The text at a path such as <c>tags[0][name]</c>; null when there is none. Of several the last, as in PHP.</summary>
    public string? this[string path] => Find(path) is var found and >= 0 ? Encoding.UTF8.GetString(Spans[found].Value(Buffer)) : null;

    /// <summary>Makes fields from paths and values.</summary>
    /// <exception cref="ArgumentException">A path is not a name followed by names in brackets, or too deep, or there is no field or too many.</exception>
    public static WebhookFields From(IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var buffer = new MemoryStream();
        var spans = new List<FieldSpan>();
        foreach (var (path, value) in fields)
        {
            var start = (int)buffer.Length;
            var key = Encoding.UTF8.GetBytes(KeyPath.ToKey(path));
            if (key.AsSpan().Count((byte)'[') > WebhookParser.MaxDepth)
            {
                throw new ArgumentException($"A path has at most {WebhookParser.MaxDepth} levels.", nameof(fields));
            }

            buffer.Write(key);
            var keyLength = (int)buffer.Length - start;
            buffer.Write(Encoding.UTF8.GetBytes(value));
            spans.Add(new FieldSpan(start, keyLength, (int)buffer.Length - start - keyLength, 0));
        }

        return spans.Count is > 0 and <= WebhookParser.MaxKeys
            ? new WebhookFields(buffer.ToArray(), spans.ToArray())
            : throw new ArgumentException($"An item has 1 to {WebhookParser.MaxKeys} fields.", nameof(fields));
    }

    /// <summary>The whole number at a path; null when there is none.</summary>
    public long? GetInt64(string path) =>
        Find(path) is var found and >= 0
        && long.TryParse(Spans[found].Value(Buffer), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The number at a path, with a point; null when there is none.</summary>
    public decimal? GetDecimal(string path) =>
        Find(path) is var found and >= 0
        && decimal.TryParse(Spans[found].Value(Buffer), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The time at a path, from unix seconds only: a local text date tells no instant and gives null.</summary>
    public DateTimeOffset? GetTime(string path) =>
        Find(path) is var found and >= 0 && UnixSeconds.TryParse(Spans[found].Value(Buffer), out var time) ? time : null;

    /// <inheritdoc />
    public IEnumerator<WebhookField> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both hold the same paths and values in the same order.</summary>
    public bool Equals(WebhookFields? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            if (!Spans[i].Key(Buffer).SequenceEqual(other.Spans[i].Key(other.Buffer))
                || !Spans[i].Value(Buffer).SequenceEqual(other.Spans[i].Value(other.Buffer)))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as WebhookFields);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var span in Spans)
        {
            hash.AddBytes(span.Key(Buffer));
            hash.AddBytes(span.Value(Buffer));
        }

        return hash.ToHashCode();
    }

    internal bool ValueEquals(string path, ReadOnlySpan<byte> value) =>
        Find(path) is var found and >= 0 && Spans[found].Value(Buffer).SequenceEqual(value);

    private int Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var length = Encoding.UTF8.GetMaxByteCount(path.Length);
        Span<byte> utf8 = length <= StackPath ? stackalloc byte[StackPath] : new byte[length];
        utf8 = utf8[..Encoding.UTF8.GetBytes(path, utf8)];
        for (var i = Count - 1; i >= 0; i--)
        {
            if (KeyPath.Matches(Spans[i].Key(Buffer), utf8))
            {
                return i;
            }
        }

        return -1;
    }
}
