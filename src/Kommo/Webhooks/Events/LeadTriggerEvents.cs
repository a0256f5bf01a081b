namespace Kommo.Webhooks;

/// <summary>A call for a lead came in: a trigger of the Digital Pipeline (<c>call_in</c>).</summary>
public sealed class LeadCallReceived : LeadEvent
{
    internal LeadCallReceived(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A chat message for a lead came in: a trigger of the Digital Pipeline (<c>chat</c>).</summary>
public sealed class LeadChatReceived : LeadEvent
{
    internal LeadChatReceived(EventSource source)
        : base(source)
    {
    }
}

/// <summary>A mail for a lead came in: a trigger of the Digital Pipeline (<c>mail_in</c>).</summary>
public sealed class LeadMailReceived : LeadEvent
{
    internal LeadMailReceived(EventSource source)
        : base(source)
    {
    }
}

/// <summary>The contact of a lead visited the website: a trigger of the Digital Pipeline (<c>site_visit</c>).</summary>
public sealed class LeadSiteVisited : LeadEvent
{
    internal LeadSiteVisited(EventSource source)
        : base(source)
    {
    }
}
