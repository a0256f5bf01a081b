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
}
