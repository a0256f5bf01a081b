using System.Globalization;
using System.Text.Json;

namespace KommoFunctions.Emulators.Storage.InMemory.Tables;

/// <summary>The value of a property of an entity. JSON tells strings, booleans, Int32 and doubles apart; the others carry their type.</summary>
/// <param name="Value">A string, bool, int, long, double, <see cref="DateTimeOffset"/>, <see cref="Guid"/> or byte array.</param>
internal readonly record struct TableValue(object Value)
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    /// <summary>What it takes of a row (Storage REST API: Understanding the Table Service Data Model).</summary>
    public int Size => Value switch
    {
        string text => (text.Length * 2) + 4,
        byte[] bytes => bytes.Length + 4,
        Guid => 16,
        bool => 1,
        int => 4,
        _ => 8,
    };

    public static TableValue? Read(JsonElement element, string? type) => (element.ValueKind, type) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.True, _) => new(true),
        (JsonValueKind.False, _) => new(false),
        (_, "Edm.Int64") => new(long.Parse(element.ToString(), CultureInfo.InvariantCulture)),
        (_, "Edm.Double") => new(double.Parse(element.ToString(), CultureInfo.InvariantCulture)),
        (_, "Edm.DateTime") => new(ParseTime(element.GetString()!)),
        (_, "Edm.Guid") => new(Guid.Parse(element.GetString()!)),
        (_, "Edm.Binary") => new(element.GetBytesFromBase64()),
        (JsonValueKind.Number, _) => element.TryGetInt32(out var number) ? new(number) : new(element.GetDouble()),
        (JsonValueKind.String, _) => new(element.GetString()!),
        _ => throw new StorageRefusal(400, "InvalidInput", "One of the request inputs is not valid."),
    };

    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public void Write(Utf8JsonWriter json, string name)
    {
        switch (Value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                Typed(json, name, "Edm.Int64").WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                // Its point tells it from an Int32.
                json.WritePropertyName(name);
                json.WriteRawValue(number.ToString(number == Math.Truncate(number) && Math.Abs(number) < 1e15 ? "F1" : "R", CultureInfo.InvariantCulture));
                break;
            case double number:
                Typed(json, name, "Edm.Double").WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                Typed(json, name, "Edm.DateTime").WriteStringValue(Format(time));
                break;
            case Guid guid:
                Typed(json, name, "Edm.Guid").WriteStringValue(guid);
                break;
            case byte[] bytes:
                Typed(json, name, "Edm.Binary").WriteBase64StringValue(bytes);
                break;
        }
    }

    private static Utf8JsonWriter Typed(Utf8JsonWriter json, string name, string type)
    {
        json.WriteString($"{name}@odata.type", type);
        json.WritePropertyName(name);
        return json;
    }
}
