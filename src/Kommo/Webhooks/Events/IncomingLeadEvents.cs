namespace Kommo.Webhooks;

/// <summary>An incoming lead came.</summary>
public sealed class IncomingLeadAdded : IncomingLeadEvent
{
    internal IncomingLeadAdded(EventSource source)
        : base(source)
    {
    }
}

/// <summary>An incoming lead changed.</summary>
public sealed class IncomingLeadUpdated : IncomingLeadEvent
{
    internal IncomingLeadUpdated(EventSource source)
        : base(source)
    {
    }
}

/// <summary>An incoming lead is gone. As a rule it was taken or refused, which come as their own kinds of it.</summary>
public class IncomingLeadDeleted : IncomingLeadEvent
{
    internal IncomingLeadDeleted(EventSource source)
        : base(source)
    {
    }

    /// <summary>The user who did it.</summary>
    public long? ModifiedUserId => Fields.GetInt64("modified_user_id"u8);
}

/// <summary>An incoming lead was taken.</summary>
public sealed class IncomingLeadAccepted : IncomingLeadDeleted
{
    internal IncomingLeadAccepted(EventSource source)
        : base(source)
    {
    }

    /// <summary>The leads that it became.</summary>
    public IReadOnlyList<long> AcceptedLeadIds => IdsReader.Read(Fields, "[accept_result][leads]"u8);

    /// <summary>The contacts that it became.</summary>
    public IReadOnlyList<long> AcceptedContactIds => IdsReader.Read(Fields, "[accept_result][contacts]"u8);
}

/// <summary>An incoming lead was refused.</summary>
public sealed class IncomingLeadDeclined : IncomingLeadDeleted
{
    internal IncomingLeadDeclined(EventSource source)
        : base(source)
    {
    }

    /// <summary>The leads that were refused.</summary>
    public IReadOnlyList<long> DeclinedLeadIds => IdsReader.Read(Fields, "[decline_result][leads]"u8);
}
