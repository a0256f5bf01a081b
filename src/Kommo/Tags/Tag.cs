using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A tag. To write one, give the id or the name; an unknown name makes a new tag.</summary>
public sealed record Tag : IWriteAnswer
{
    /// <summary>The tag's id.</summary>
    public long? Id { get; set; }

    /// <summary>The tag's name.</summary>
    public string? Name { get; set; }

    /// <summary>The tag's colour, as hexadecimal digits without <c>#</c>.</summary>
    public string? Color { get; set; }

    /// <summary>Everything else that Kommo sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    string? IWriteAnswer.RequestId => WriteAnswers.RequestIdIn(AdditionalFields);

    string? IWriteAnswer.Key => null;
}
