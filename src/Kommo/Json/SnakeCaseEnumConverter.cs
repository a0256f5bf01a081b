using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// Members of an enumeration are their own names in snake case on Kommo's wire. Only for what is closed: a name that Kommo
/// may add to must be read as a text.
/// </summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
