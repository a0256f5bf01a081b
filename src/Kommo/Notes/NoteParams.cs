using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>The parameters of a note; which ones, depends on its type (Kommo: Notes). Null is not sent.</summary>
public sealed record NoteParams
{
    /// <summary>The text.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Text { get; init; }

    /// <summary>A call's unique id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Uniq { get; init; }

    /// <summary>A call's length; whole seconds.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Where a call came from.</summary>
    public string? Source { get; init; }

    /// <summary>A call's recording.</summary>
    public string? Link { get; init; }

    /// <summary>The telephone number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Phone { get; init; }

    /// <summary>Who took a call: a user's id, or a name.</summary>
    [JsonConverter(typeof(UserIdOrNameConverter))]
    public string? CallResponsible { get; init; }

    /// <summary>What came of a call.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? CallResult { get; init; }

    /// <summary>A call's state, 1 to 7: message left, call later, absent, talked, wrong number, no answer, busy.</summary>
    public int? CallStatus { get; init; }

    /// <summary>The service's name.</summary>
    public string? Service { get; init; }

    /// <summary>A cashier message's state: <c>created</c>, <c>shown</c> or <c>canceled</c>.</summary>
    public string? Status { get; init; }

    /// <summary>A place's address.</summary>
    public string? Address { get; init; }

    /// <summary>A place's longitude.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Longitude { get; init; }

    /// <summary>A place's latitude.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Latitude { get; init; }

    /// <summary>A file's id in the file storage.</summary>
    public string? FileUuid { get; init; }

    /// <summary>A file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>A file version's id.</summary>
    public string? VersionUuid { get; init; }

    /// <summary>Everything else, such as the parameters of read-only types.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
