using System.Globalization;
using System.Text;

namespace Kommo.Simulator.Hooks;

/// <summary>
/// A form-encoded body in PHP's bracket notation, as Kommo sends it: brackets percent-encoded, spaces as <c>+</c>, UTF-8.
/// </summary>
internal sealed class FormBody
{
    private readonly StringBuilder _text = new();

    public FormNode At(string key) => new(this, key);

    public void Add(string key, string value)
    {
        if (_text.Length > 0)
        {
            _text.Append('&');
        }

        Encode(key);
        _text.Append('=');
        Encode(value);
    }

    public override string ToString() => _text.ToString();

    private void Encode(string text)
    {
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            char symbol = (char)unit;
            if (char.IsAsciiLetterOrDigit(symbol) || symbol is '-' or '_' or '.')
            {
                _text.Append(symbol);
            }
            else if (symbol == ' ')
            {
                _text.Append('+');
            }
            else
            {
                _text.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }
    }
}

/// <summary>A place in a <see cref="FormBody"/>, as <c>leads[add][0]</c>. Absent values are left out, as PHP does.</summary>
internal readonly struct FormNode(FormBody body, string key)
{
    public FormNode At(string name) => new(body, $"{key}[{name}]");

    public FormNode At(long index) => At(index.ToString(CultureInfo.InvariantCulture));

    public FormNode Add(string name, string? value)
    {
        if (value is not null)
        {
            body.Add($"{key}[{name}]", value);
        }

        return this;
    }

    public FormNode Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));
}
