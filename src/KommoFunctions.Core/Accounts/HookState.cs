namespace KommoFunctions.Accounts;

/// <summary>Whether Kommo sends an account's hooks here, as of the last look.</summary>
public enum HookState
{
    /// <summary>Nobody has looked yet, or Kommo could not be asked.</summary>
    Unknown,

    /// <summary>It does.</summary>
    Subscribed,

    /// <summary>It refuses to: the plan has no webhooks, or whoever connected the account is no administrator (Kommo: Webhooks).</summary>
    Refused,
}
