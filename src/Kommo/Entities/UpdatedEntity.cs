using System.Globalization;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What Kommo answers for one updated entity.</summary>
public sealed class UpdatedEntity : KommoObject
{
    /// <summary>The entity's id.</summary>
    public long Id { get; set; }

    /// <summary>When the entity changed, by Kommo's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The <c>request_id</c> that the item was sent with, where Kommo repeats it.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? RequestId { get; set; }

    private protected override string? AnsweredRequestId => RequestId;

    private protected override string? AnsweredKey => Id.ToString(CultureInfo.InvariantCulture);
}
