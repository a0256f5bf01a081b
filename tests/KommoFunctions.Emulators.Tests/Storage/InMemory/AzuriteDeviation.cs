namespace KommoFunctions.Emulators.Storage.InMemory;

/// <summary>
/// Where Azurite does something else than the documentation of storage says; storage in memory does what it says. The contract holds Azurite to these too, so
/// that a version of it that changes one is noticed.
/// </summary>
internal enum AzuriteDeviation
{
    /// <summary>A row of more than 1 MB is taken.</summary>
    TakesRowsOfAnySize,

    /// <summary>A transaction of more than a hundred changes is refused in a form that the SDK throws <see cref="InvalidOperationException"/> at.</summary>
    WordsRefusalsOfLargeTransactionsBadly,

    /// <summary>A transaction may change rows of several partitions.</summary>
    TakesTransactionsOverPartitions,
}
