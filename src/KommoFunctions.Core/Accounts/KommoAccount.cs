namespace KommoFunctions.Accounts;

/// <summary>A connected Kommo account.</summary>
public sealed record KommoAccount
{
    /// <summary>Kommo's id of it.</summary>
    public required long Id { get; init; }

    /// <summary>
    /// Its address, such as <c>https://example.kommo.com/</c>, as given when it was connected; never taken from a hook (Kommo: Webhooks, whose
    /// <c>_links[self]</c> may show another host).
    /// </summary>
    public required Uri Address { get; init; }

    /// <summary>Whether it can be worked for.</summary>
    public AccountState State { get; init; }

    /// <summary>Since when it is in that state, UTC; null in rows that no change of state was written to.</summary>
    public DateTimeOffset? StateSince { get; init; }

    /// <summary>Why it is in that state, for an operator; null when there is nothing to say.</summary>
    public string? StateReason { get; init; }

    /// <summary>When it was connected, UTC.</summary>
    public DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When its access token expires, UTC.</summary>
    public DateTimeOffset TokenExpiresAt { get; init; }

    /// <summary>When the timer refreshes its tokens, or tries again, UTC; the far future for tokens that are not refreshed.</summary>
    public DateTimeOffset RefreshDueAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>When it was found to have removed the integration, UTC; null while it has not.</summary>
    public DateTimeOffset? UninstalledAt { get; init; }

    /// <summary>Its id in the Chats API, once that was needed.</summary>
    public string? AmojoId { get; init; }

    /// <summary>Its time zone's IANA name, such as <c>America/New_York</c>; empty when Kommo names none, null when it was not asked yet.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Up to when everything that was added in Kommo has been looked for, UTC.</summary>
    public DateTimeOffset ReconciledUntil { get; init; }

    /// <summary>When that failed the last time, UTC; null when it never did.</summary>
    public DateTimeOffset? ReconcileFailedAt { get; init; }

    /// <summary>Its name, as its users know it; null until it was read.</summary>
    public string? Name { get; init; }

    /// <summary>Its currency's code, such as <c>USD</c>; null until it was read.</summary>
    public string? Currency { get; init; }

    /// <summary>The host at which it is found after its address has changed, such as <c>api-c.kommo.com</c> (Kommo: OAuth 2.0, <c>api_domain</c>).</summary>
    public string? ApiDomain { get; init; }

    /// <summary>What its token is good for, separated by spaces, such as <c>crm files</c>.</summary>
    public string? Scopes { get; init; }

    /// <summary>Whether Kommo sends its hooks here.</summary>
    public HookState Hooks { get; init; }

    /// <summary>How Kommo refused to send its hooks here; null when it did not.</summary>
    public string? HooksProblem { get; init; }

    /// <summary>When its tokens were deleted after it removed the integration, UTC; null while they are kept.</summary>
    public DateTimeOffset? SecretDeletedAt { get; init; }
}
