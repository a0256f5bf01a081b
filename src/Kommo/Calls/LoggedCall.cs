using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What Kommo answers for a logged call (Kommo: Calls).</summary>
public sealed class LoggedCall : KommoObject
{
    /// <summary>The note's id.</summary>
    public long Id { get; set; }

    /// <summary>The entity that the note stands on.</summary>
    public long? EntityId { get; set; }

    /// <summary>That entity's kind.</summary>
    public EntityType? EntityType { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>The <c>request_id</c> that the item was sent with.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? RequestId { get; set; }

    private protected override string? AnsweredRequestId => RequestId;
}
