using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What Kommo answers for one created entity: little more than its id.</summary>
public sealed class CreatedEntity : KommoObject
{
    /// <summary>The new entity's id.</summary>
    public long Id { get; set; }

    /// <summary>The <c>request_id</c> that the item was sent with.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? RequestId { get; set; }

    /// <summary>For a note, the entity that it stands on.</summary>
    public long? EntityId { get; set; }

    private protected override string? AnsweredRequestId => RequestId;
}
