namespace KommoFunctions.Storage;

/// <summary>The tables of the storage account that the integration keeps its state in.</summary>
public static class TableNames
{
    /// <summary>One row an account: host, state, token expiry, subscription.</summary>
    public const string Accounts = "KommoAccounts";

    /// <summary>One row an event seen in the last days, so that a repeated one is dropped.</summary>
    public const string Events = "KommoEvents";

    /// <summary>Commands that wait to be sent to Kommo, and one row for each outbox partition (an account and a command route).</summary>
    public const string Outbox = "KommoOutbox";

    /// <summary>What handlers write to Kommo by themselves, so that the events that it causes are known.</summary>
    public const string DirectWrites = "KommoDirectWrites";

    /// <summary>What could not be processed, with the reason.</summary>
    public const string DeadLetters = "KommoDeadLetters";

    /// <summary>Locks that one process at a time holds.</summary>
    public const string Locks = "KommoLocks";

    /// <summary>The rate limiter's log of grants, one row a scope.</summary>
    public const string Limits = "KommoLimits";

    /// <summary>Suspended accounts and their parked messages; as a rule it is empty.</summary>
    public const string Holds = "KommoHolds";

    /// <summary>Tries to connect an account that have come back, so that none comes back twice.</summary>
    public const string States = "KommoStates";

    /// <summary>Encrypted tokens on their way into the vault; as a rule it is empty.</summary>
    public const string TokenCopies = "KommoTokenCopies";

    /// <summary>How far the clean-up of each kind of thing has come.</summary>
    public const string Retention = "KommoRetention";

    internal static readonly string[] All =
        [Accounts, Events, Outbox, DirectWrites, DeadLetters, Locks, Limits, Holds, States, TokenCopies, Retention];
}
