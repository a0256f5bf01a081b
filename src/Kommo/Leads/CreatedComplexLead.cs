using System.Text.Json;

namespace Kommo;

/// <summary>What Kommo answers for a complex lead.</summary>
public sealed class CreatedComplexLead : KommoObject
{
    /// <summary>The lead's id.</summary>
    public long Id { get; set; }

    /// <summary>The contact's id; null when there is none.</summary>
    public long? ContactId { get; set; }

    /// <summary>The company's id; null when there is none.</summary>
    public long? CompanyId { get; set; }

    /// <summary>Whether Kommo merged it into entities that it had.</summary>
    public bool? Merged { get; set; }

    /// <summary>Kommo answers the request id as a list here.</summary>
    private protected override string? AnsweredRequestId =>
        AdditionalFields is not null && AdditionalFields.TryGetValue("request_id", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? ids.EnumerateArray().Select(id => id.ToString()).FirstOrDefault()
            : base.AnsweredRequestId;
}
