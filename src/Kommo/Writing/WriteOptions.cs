namespace Kommo;

/// <summary>How many items are written.</summary>
public sealed record WriteOptions
{
    private readonly int _batchSize = KommoLimits.RecommendedEntitiesPerWrite;
    private readonly TimeSpan _longestWait = TimeSpan.Zero;

    internal static WriteOptions Default { get; } = new();

    /// <summary>
    /// Items per request, 1 to 250. Default: 50, as Kommo recommends; larger requests are likelier to end in a 504. Routes
    /// that take fewer get fewer.
    /// </summary>
    /// <exception cref="KommoLimitException">The number is outside 1 to 250.</exception>
    public int BatchSize
    {
        get => _batchSize;
        init
        {
            KommoLimitException.Require(value, 1, KommoLimits.EntitiesPerRequest, "A request", nameof(BatchSize));
            _batchSize = value;
        }
    }

    /// <summary>
    /// Whether the sound items of a request that Kommo refused for others are sent again without those. Default: true. That
    /// Kommo writes none of a refused request is what its users report, not what it documents: false leaves the sound
    /// items failed, so that you can look first.
    /// </summary>
    public bool ResendSoundItems { get; init; } = true;

    /// <summary>
    /// How long to wait in all when Kommo, or the limiter, asks to wait. Default: none, since Kommo asks for minutes: the
    /// items that are left come back as not sent, with the wait in their error.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan LongestWait
    {
        get => _longestWait;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(LongestWait));
            _longestWait = value;
        }
    }

    /// <summary>The clock for waits. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
