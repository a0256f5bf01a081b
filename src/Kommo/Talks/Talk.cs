using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A talk: one conversation in a chat (Kommo: Talks).</summary>
public sealed class Talk : KommoObject
{
    /// <summary>The talk's id.</summary>
    public long TalkId { get; set; }

    /// <summary>The chat that it is in.</summary>
    public string? ChatId { get; set; }

    /// <summary>The contact that it is with.</summary>
    public long? ContactId { get; set; }

    /// <summary>The entity that it is about.</summary>
    public long? EntityId { get; set; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; set; }

    /// <summary>The channel, such as <c>telegram</c> or <c>waba</c>.</summary>
    public string? Origin { get; set; }

    /// <summary>How the contact rated it.</summary>
    public int? Rate { get; set; }

    /// <summary>Whether it is open.</summary>
    public bool? IsInWork { get; set; }

    /// <summary>Whether it was read.</summary>
    public bool? IsRead { get; set; }

    /// <summary>Where it stands: <c>in_work</c>, <c>closed</c>, <c>nps_scheduled</c>, <c>nps_in_progress</c>, <c>with_error</c>.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Status { get; set; }

    /// <summary>When the time to answer had passed.</summary>
    public DateTimeOffset? MissedAt { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }
}
