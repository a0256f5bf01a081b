using System.Collections;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>
/// The raw fields of one item of a hook, in the body's order. Kommo sends every value as text; a path can carry a value
/// and have fields below it at once. Texts are made when asked for: until then all fields are offsets into one buffer.
/// </summary>
public sealed partial class WebhookFields : IReadOnlyList<WebhookField>, IEquatable<WebhookFields>
{
    private const int StackPath = 256;
    private readonly HookTable _table;
    private readonly int _start;

    internal WebhookFields(HookTable table, int start, int count)
    {
        _table = table;
        _start = start;
        Count = count;
    }

    /// <inheritdoc />
    public int Count { get; }

    /// <summary>The zone in which times told as local text are read: the account's, where the parser was given it.</summary>
    public TimeZoneInfo? TimeZone => _table.TimeZone;

    /// <summary>
    /// Whether some value is a time of day as local text (<c>2024-01-02 03:04:05</c>): without <see cref="TimeZone"/> it is no instant.
    /// </summary>
    public bool HasLocalTimes
    {
        get
        {
            foreach (var span in Spans)
            {
                if (HookTime.IsLocal(span.Value(Buffer)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    internal byte[] Buffer => _table.Buffer;

    internal ReadOnlySpan<FieldSpan> Spans => _table.Fields.AsSpan(_start, Count);

    /// <inheritdoc />
    public WebhookField this[int index]
    {
        get
        {
            var span = Spans[index];
            return new WebhookField(KeyPath.ToPath(span.Key(Buffer)), Encoding.UTF8.GetString(span.Value(Buffer)));
        }
    }

    /// <summary>The text at a path such as <c>tags[0][name]</c>; null when there is none. Of several the last, as in PHP.</summary>
    public string? this[string path] => TryFind(path, out var value) ? Encoding.UTF8.GetString(value) : null;

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
            ? new WebhookFields(new HookTable(buffer.ToArray(), [.. spans], [], 0, null), 0, spans.Count)
            : throw new ArgumentException($"An item has 1 to {WebhookParser.MaxKeys} fields.", nameof(fields));
    }

    /// <summary>The fields below a path, such as <c>source_data</c>, with their paths from there; in the body's order.</summary>
    public IReadOnlyList<WebhookField> Below(string path)
    {
        var key = Encoding.UTF8.GetBytes(KeyPath.ToKey(path));
        var found = new List<WebhookField>();
        foreach (var span in Spans)
        {
            if (span.Key(Buffer) is var own && own.Length > key.Length && own.StartsWith(key))
            {
                found.Add(new WebhookField(KeyPath.ToPath(own[key.Length..]), Encoding.UTF8.GetString(span.Value(Buffer))));
            }
        }

        return found;
    }

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
}
