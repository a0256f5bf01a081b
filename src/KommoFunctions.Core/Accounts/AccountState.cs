namespace KommoFunctions.Accounts;

/// <summary>Whether an account can be worked for.</summary>
public enum AccountState
{
    /// <summary>Connected.</summary>
    Active,

    /// <summary>Kommo refuses its tokens: an administrator has to connect it again. Its work waits meanwhile.</summary>
    NeedsAuthorization,

    /// <summary>The integration was removed from it.</summary>
    Uninstalled,

    /// <summary>Connected and worked for, but its tokens could not be refreshed at the last attempts.</summary>
    RefreshingLate,
}

/// <summary>What the states mean.</summary>
public static class AccountStateExtensions
{
    /// <summary>Whether the account is worked for: <see cref="AccountState.Active"/> or <see cref="AccountState.RefreshingLate"/>.</summary>
    public static bool IsConnected(this AccountState state) => state is AccountState.Active or AccountState.RefreshingLate;
}
