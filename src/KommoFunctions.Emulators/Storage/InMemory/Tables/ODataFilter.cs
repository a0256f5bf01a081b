using System.Globalization;

namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>
/// The filters of queries: comparisons of a property with a constant, <c>and</c>, <c>or</c>, <c>not</c> and parentheses (Storage REST API: Querying tables and
/// entities). A property that a row does not have, or has with another type, compares as false.
/// </summary>
internal sealed class ODataFilter
{
    private readonly string _text;
    private int _at;

    private ODataFilter(string text) => _text = text;

    public static Func<TableRow, bool> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return _ => true;
        }

        var parser = new ODataFilter(text);
        var filter = parser.ReadOr();
        return parser.SkipSpaces() == text.Length ? filter : throw parser.Wrong();
    }

    private Func<TableRow, bool> ReadOr()
    {
        var left = ReadAnd();
        while (TryTake("or "))
        {
            var (first, second) = (left, ReadAnd());
            left = row => first(row) || second(row);
        }

        return left;
    }

    private Func<TableRow, bool> ReadAnd()
    {
        var left = ReadOne();
        while (TryTake("and "))
        {
            var (first, second) = (left, ReadOne());
            left = row => first(row) && second(row);
        }

        return left;
    }

    private Func<TableRow, bool> ReadOne()
    {
        if (TryTake("not "))
        {
            var negated = ReadOne();
            return row => !negated(row);
        }

        if (TryTake("("))
        {
            var inner = ReadOr();
            return TryTake(")") ? inner : throw Wrong();
        }

        var (name, comparison, constant) = (ReadWord(), ReadWord(), ReadConstant());
        return row => row.Find(name) is { } value && Compare(value.Value, constant) is { } order && comparison switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "lt" => order < 0,
            "le" => order <= 0,
            _ => throw Wrong(),
        };
    }

    private object ReadConstant()
    {
        SkipSpaces();
        var quote = _text.IndexOf('\'', _at);
        var end = _text.AsSpan(_at).IndexOfAny(' ', ')') is >= 0 and var length ? _at + length : _text.Length;
        if (quote >= 0 && quote < end)
        {
            var type = _text[_at..quote];
            return (type, ReadQuoted(quote)) switch
            {
                ("", var text) => text,
                ("datetime", var text) => TableValue.ParseTime(text),
                ("guid", var text) => Guid.Parse(text),
                ("X" or "binary", var text) => Convert.FromHexString(text),
                _ => throw Wrong(),
            };
        }

        var word = _text[_at..end];
        _at = end;
        return word switch
        {
            "true" => true,
            "false" => false,
            [.., 'L'] when long.TryParse(word.AsSpan()[..^1], CultureInfo.InvariantCulture, out var number) => number,
            _ when int.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
            _ when double.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw Wrong(),
        };
    }

    private string ReadQuoted(int quote)
    {
        var end = quote + 1;
        while (end < _text.Length && (_text[end] != '\'' || (end + 1 < _text.Length && _text[end + 1] == '\'')))
        {
            end += _text[end] == '\'' ? 2 : 1;
        }

        _at = end < _text.Length ? end + 1 : throw Wrong();
        return _text[(quote + 1)..end].Replace("''", "'", StringComparison.Ordinal);
    }

    private string ReadWord()
    {
        SkipSpaces();
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Wrong();
    }

    private bool TryTake(string what)
    {
        SkipSpaces();
        if (string.CompareOrdinal(_text, _at, what, 0, what.Length) != 0)
        {
            return false;
        }

        _at += what.Length;
        return true;
    }

    private int SkipSpaces()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }

        return _at;
    }

    private static int? Compare(object value, object constant) => (value, constant) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (int or long, int or long) => Convert.ToInt64(value, CultureInfo.InvariantCulture).CompareTo(Convert.ToInt64(constant, CultureInfo.InvariantCulture)),
        (double or int or long, double or int or long) =>
            Convert.ToDouble(value, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(constant, CultureInfo.InvariantCulture)),
        (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
        (IComparable a, _) when value.GetType() == constant.GetType() => a.CompareTo(constant),
        _ => null,
    };

    private StorageRefusal Wrong() => new(400, "InvalidInput", $"One of the request inputs is not valid: the filter {_text} at {_at}.");
}
