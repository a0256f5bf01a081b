namespace KommoFunctions.Failures;

/// <summary>Why nothing can be done for an account at present.</summary>
public enum HoldReason
{
    /// <summary>Kommo refuses its tokens: an administrator has to connect it again.</summary>
    NeedsAuthorization,

    /// <summary>Kommo blocks the address or the account: the HTML page with status 403 (Kommo: Limitations).</summary>
    Blocked,

    /// <summary>Kommo asked for a long pause: 429 with <c>retry_after</c> (Kommo: HTTP codes).</summary>
    Limited,

    /// <summary>The account is not paid for: 402 (Kommo: HTTP codes).</summary>
    Unpaid,

    /// <summary>Kommo does not accept the integration's own id, secret or redirect address, so that no token can be refreshed.</summary>
    Misconfigured,

    /// <summary>Kommo does not answer, or with errors of its own, whatever it is asked.</summary>
    Away,
}
