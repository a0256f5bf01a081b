using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What is known of the form, call, mail or chat that an incoming lead came by (Kommo: Incoming leads, <c>metadata</c>).</summary>
public sealed record IncomingLeadMetadata
{
    /// <summary>A form's id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? FormId { get; init; }

    /// <summary>A form's name.</summary>
    public string? FormName { get; init; }

    /// <summary>The page that the form is on.</summary>
    public string? FormPage { get; init; }

    /// <summary>The address of who filled it in.</summary>
    public string? Ip { get; init; }

    /// <summary>When the form was sent.</summary>
    public DateTimeOffset? FormSentAt { get; init; }

    /// <summary>The page before it.</summary>
    public string? Referer { get; init; }

    /// <summary>Who called or wrote.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? From { get; init; }

    /// <summary>The number that was called.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Phone { get; init; }

    /// <summary>When the call was.</summary>
    public DateTimeOffset? CalledAt { get; init; }

    /// <summary>How long the call was; whole seconds.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Where the recording is.</summary>
    public string? Link { get; init; }

    /// <summary>The telephony's code.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>Whether the call is also told as an event.</summary>
    public bool? IsCallEventNeeded { get; init; }

    /// <summary>The call's unique id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Uniq { get; init; }

    /// <summary>Everything else, such as what mails and chats have.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}
