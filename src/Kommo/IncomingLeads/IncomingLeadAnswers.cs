using System.Text.Json;

namespace Kommo;

/// <summary>How many incoming leads there are and were (Kommo: Incoming leads, summary).</summary>
public sealed class IncomingLeadSummary : KommoObject
{
    /// <summary>All of them.</summary>
    public long? Total { get; set; }

    /// <summary>How many were accepted.</summary>
    public long? Accepted { get; set; }

    /// <summary>How many were declined.</summary>
    public long? Declined { get; set; }

    /// <summary>How long they waited on average; whole seconds.</summary>
    public TimeSpan? AverageSortTime { get; set; }

    /// <summary>The numbers of each way to come, as Kommo sent them.</summary>
    public JsonElement? Categories { get; set; }
}

/// <summary>Accepts an incoming lead.</summary>
internal sealed record IncomingLeadAcceptance : WriteItem
{
    public long? UserId { get; set; }

    public long? StatusId { get; set; }
}

/// <summary>Declines an incoming lead.</summary>
internal sealed record IncomingLeadRefusal : WriteItem
{
    public long? UserId { get; set; }
}

/// <summary>Links an incoming lead to an entity.</summary>
internal sealed record IncomingLeadLink : WriteItem
{
    public long? UserId { get; set; }

    public required IncomingLeadLinkTarget Link { get; init; }
}

/// <summary>The entity that an incoming lead is linked to.</summary>
internal sealed record IncomingLeadLinkTarget(long EntityId, EntityType EntityType, IncomingLeadLinkMetadata? Metadata);

/// <summary>The contact that an incoming lead is linked to besides.</summary>
internal sealed record IncomingLeadLinkMetadata(long ContactId);
