using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// A call to log (Kommo: Calls). Kommo finds the entity by the number's last ten digits; where there is none, nothing is stored and the
/// item fails.
/// </summary>
public sealed record NewCall : WriteItem
{
    /// <summary>Who called whom.</summary>
    public required CallDirection Direction { get; init; }

    /// <summary>The other side's number.</summary>
    public required string Phone { get; init; }

    /// <summary>How long the call was; whole seconds.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The telephony's name.</summary>
    public required string Source { get; init; }

    /// <summary>The call's unique id.</summary>
    public string? Uniq { get; init; }

    /// <summary>Where the recording is. Its server must answer <c>Accept-Ranges: bytes</c>, else Kommo's player cannot wind.</summary>
    public Uri? Link { get; init; }

    /// <summary>Who took or made the call: a user's id, or a name.</summary>
    [JsonConverter(typeof(UserIdOrNameConverter))]
    public string? CallResponsible { get; init; }

    /// <summary>What came of it.</summary>
    public string? CallResult { get; init; }

    /// <summary>How it ended.</summary>
    public CallStatus? CallStatus { get; init; }

    /// <summary>The responsible user, who may delete the note.</summary>
    public long? ResponsibleUserId { get; init; }

    /// <summary>The author shown; 0 shows a robot, which is also Kommo's default.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>The last editor shown; 0 shows a robot.</summary>
    public long? UpdatedBy { get; init; }

    /// <summary>When the call was.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the note changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
