using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>An incoming lead: not yet accepted (Kommo: Incoming leads, called <c>unsorted</c> on the wire).</summary>
public sealed class IncomingLead : KommoObject
{
    /// <summary>The incoming lead's id.</summary>
    public string Uid { get; set; } = "";

    /// <summary>The source's id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? SourceUid { get; set; }

    /// <summary>The source's name.</summary>
    public string? SourceName { get; set; }

    /// <summary>How it came: <c>sip</c>, <c>mail</c>, <c>forms</c> or <c>chats</c>.</summary>
    public string? Category { get; set; }

    /// <summary>The pipeline that it waits in.</summary>
    public long? PipelineId { get; set; }

    /// <summary>When it came.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>What is known of the form, call, mail or chat.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<IncomingLeadMetadata>))]
    public IncomingLeadMetadata? Metadata { get; set; }

    /// <summary>The lead, contact and company that it became or will become.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<EntityEmbedded>))]
    public EntityEmbedded? Embedded { get; set; }
}
