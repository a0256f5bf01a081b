namespace Kommo;

/// <summary>How a call ended (Kommo: Calls, <c>call_status</c>).</summary>
public enum CallStatus
{
    /// <summary>A message was left.</summary>
    LeftMessage = 1,

    /// <summary>To call again later.</summary>
    CallLater = 2,

    /// <summary>The person was not available.</summary>
    NotAvailable = 3,

    /// <summary>They talked.</summary>
    Talked = 4,

    /// <summary>The number was wrong.</summary>
    WrongNumber = 5,

    /// <summary>Nobody answered.</summary>
    NoAnswer = 6,

    /// <summary>The line was busy.</summary>
    Busy = 7,
}
