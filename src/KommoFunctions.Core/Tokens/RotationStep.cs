namespace KommoFunctions.Tokens;

/// <summary>The steps of a rotation, in their order; the copy and the vault are written side by side. Each is over when it is told of.</summary>
internal enum RotationStep
{
    /// <summary>Nothing is done yet.</summary>
    Begun,

    /// <summary>This process alone may refresh.</summary>
    LockTaken,

    /// <summary>The newest pair is read, inside the lock.</summary>
    TokensRead,

    /// <summary>Storage says that a refresh is under way.</summary>
    IntentWritten,

    /// <summary>Kommo has answered: the new pair exists here and nowhere else.</summary>
    AnswerReceived,

    /// <summary>The encrypted copy is in storage.</summary>
    CopyStored,

    /// <summary>The pair is in the vault.</summary>
    VaultStored,

    /// <summary>Storage says which pair is the newest, and that no refresh is under way.</summary>
    Recorded,

    /// <summary>The account's row has the new expiry and due time.</summary>
    AccountUpdated,

    /// <summary>The encrypted copy is gone.</summary>
    CopyDeleted,

    /// <summary>The version of before is disabled.</summary>
    OldDisabled,

    /// <summary>The lock is given back.</summary>
    Released,
}

/// <summary>Hears of each step, so that tests can stop a process at any of them.</summary>
internal interface IRotationSteps
{
    ValueTask OverAsync(long accountId, RotationStep step);
}

/// <summary>Nobody listens.</summary>
internal sealed class NoRotationSteps : IRotationSteps
{
    public ValueTask OverAsync(long accountId, RotationStep step) => ValueTask.CompletedTask;
}
