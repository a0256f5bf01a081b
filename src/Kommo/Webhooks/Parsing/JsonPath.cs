using System.Buffers.Text;

namespace Kommo.Webhooks;

/// <summary>The path of the JSON value being read, written as a form's key: <c>leads[add][0][id]</c>.</summary>
internal struct JsonPath(int maxLevels)
{
    private readonly Level[] _levels = new Level[maxLevels + 1];
    private byte[] _text = new byte[256];
    private int _length;
    private int _depth;

    /// <summary>The path.</summary>
    public readonly ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Goes back to the beginning.</summary>
    public void Clear() => _depth = _length = 0;

    /// <summary>Begins an object or an array, as the value of the name or place reached.</summary>
    /// <exception cref="WebhookFormatException">It is too deep.</exception>
    public void Begin(bool isArray)
    {
        if (_depth == _levels.Length)
        {
            throw new WebhookFormatException(WebhookFormatReason.TooDeep);
        }

        Value();
        _levels[_depth++] = new Level { Start = _length, Next = isArray ? 0 : -1 };
    }

    /// <summary>Ends it.</summary>
    public void End() => _length = _levels[--_depth].Start;

    /// <summary>Comes to a name of the object.</summary>
    public void Name(ReadOnlySpan<byte> name, bool isEscaped)
    {
        _length = _levels[_depth - 1].Start;
        Reserve(name.Length + 2);
        var isTop = _depth == 1;
        if (!isTop)
        {
            _text[_length++] = (byte)'[';
        }

        if (isEscaped)
        {
            _length += JsonText.Unescape(name, _text.AsSpan(_length));
        }
        else
        {
            name.CopyTo(_text.AsSpan(_length));
            _length += name.Length;
        }

        if (!isTop)
        {
            _text[_length++] = (byte)']';
        }
    }

    /// <summary>Comes to a value: in an array, the next place.</summary>
    public void Value()
    {
        if (_depth == 0 || _levels[_depth - 1].Next < 0)
        {
            return;
        }

        ref var level = ref _levels[_depth - 1];
        _length = level.Start;
        Reserve(16);
        _text[_length++] = (byte)'[';
        Utf8Formatter.TryFormat(level.Next++, _text.AsSpan(_length), out var digits);
        _length += digits;
        _text[_length++] = (byte)']';
    }

    private void Reserve(int more)
    {
        if (_text.Length - _length < more)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + more));
        }
    }

    private struct Level
    {
        public int Start;
        public int Next;
    }
}
