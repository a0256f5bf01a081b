namespace KommoFunctions.Storage;

/// <summary>
/// Storage's time: the one clock that all instances share. What one instance writes and another compares with its own time goes by it, since the
/// machines' clocks may be wrong by minutes.
/// </summary>
internal interface IStorageClock
{
    /// <summary>Storage's time now, as far as this process knows it.</summary>
    StorageTime Now { get; }
}

/// <summary>A span of time in which storage's time lies.</summary>
/// <param name="Earliest">It is not before this, UTC.</param>
/// <param name="Latest">It is not after this, UTC.</param>
internal readonly record struct StorageTime(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    /// <summary>The middle of the span: as good a note of when something happened as there is.</summary>
    public DateTimeOffset Likely => Earliest + ((Latest - Earliest) / 2);

    /// <summary>Whether storage's time has surely come to <paramref name="at"/>.</summary>
    public bool IsPast(DateTimeOffset at) => Earliest >= at;

    /// <summary>How long to wait until storage's time has surely come to <paramref name="at"/>; zero when it has.</summary>
    /// <param name="at">The time to wait for.</param>
    /// <param name="max">The longest wait that makes sense: whatever a row says, nothing waits longer.</param>
    public TimeSpan Until(DateTimeOffset at, TimeSpan max) => IsPast(at) ? TimeSpan.Zero : at - Earliest < max ? at - Earliest : max;
}
