namespace Kommo;

/// <summary>What a failed request means for whoever sent it: what has to happen before it can succeed.</summary>
public enum KommoErrorCategory
{
    /// <summary>
    /// Nothing but time: Kommo failed, was not reached, took too long, or something else than its API answered (a redirect, a web page, 421, 425).
    /// Send it again later, with growing delays.
    /// </summary>
    Transient,

    /// <summary>A pause: Kommo answered 429, or the limiter had no permit in useful time. Send it again after <see cref="KommoException.RetryAfter"/>.</summary>
    Throttled,

    /// <summary>Kommo blocks the outbound address (403 with a web page). Send nothing for a while: every request prolongs the block (Kommo: Limitations).</summary>
    Blocked,

    /// <summary>Kommo does not accept the account's token or grant. An administrator of the account has to authorize the integration again.</summary>
    Unauthorized,

    /// <summary>The account is unpaid, or its plan lacks what was asked for (402).</summary>
    PaymentRequired,

    /// <summary>The token's user lacks the right (403 described in JSON).</summary>
    Forbidden,

    /// <summary>The integration's own id, secret or redirect address is wrong. That says nothing of any account's tokens.</summary>
    IntegrationRejected,

    /// <summary>The request itself: Kommo refuses it as it is. Sending it again changes nothing.</summary>
    Rejected,
}
