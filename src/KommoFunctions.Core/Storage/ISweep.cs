namespace KommoFunctions.Storage;

/// <summary>One kind of thing that is kept for a time, and how those are found and removed whose time is over.</summary>
internal interface ISweep
{
    /// <summary>What it is, for the log, the metrics, and the row that says how far it came.</summary>
    string Name { get; }

    /// <summary>The time between the starts of two complete passes.</summary>
    TimeSpan Every { get; }

    /// <summary>
    /// Removes page by page what is past its time, the oldest first where the keys allow that. Whoever stops loses nothing: what is removed is gone, and
    /// <see cref="SweptPage.Next"/> tells where to go on. What was changed since it was read is left.
    /// </summary>
    /// <param name="now">The time, UTC.</param>
    /// <param name="from">Where to go on; null to begin.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    IAsyncEnumerable<SweptPage> RunAsync(DateTimeOffset now, string? from, CancellationToken cancellationToken);
}

/// <summary>A page that was looked through.</summary>
/// <param name="Removed">How much of it is gone.</param>
/// <param name="Next">Where the next page begins; null after the last one.</param>
internal readonly record struct SweptPage(int Removed, string? Next);
