using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What came of a task.</summary>
public sealed record TaskResult
{
    /// <summary>The result's text.</summary>
    public string? Text { get; init; }

    /// <summary>Everything else that Kommo sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <summary>A result of this text.</summary>
    public static implicit operator TaskResult?(string? text) => FromString(text);

    /// <summary>A result of this text; null for null.</summary>
    public static TaskResult? FromString(string? text) => text is null ? null : new TaskResult { Text = text };
}
