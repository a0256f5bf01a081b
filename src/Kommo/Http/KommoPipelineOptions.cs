using System.Threading.RateLimiting;

namespace Kommo.Http;

/// <summary>What a request passes on its way to Kommo.</summary>
public sealed class KommoPipelineOptions
{
    private readonly TimeSpan _attemptTimeout = TimeSpan.FromSeconds(20);
    private readonly int _retries = 2;

    /// <summary>
    /// Gives the permits: one for each request that arrives at Kommo, repeated ones included, and one more for a request that has to wait for a new
    /// connection.
    /// </summary>
    public required RateLimiter Limiter { get; init; }

    /// <summary>Gives the access token. Default: none, which suits only the token endpoint.</summary>
    public IAccessTokenSource? Tokens { get; init; }

    /// <summary>Hears of 429 and of blocks. Default: nobody.</summary>
    public ILimitObserver? Observer { get; init; }

    /// <summary>
    /// How long one attempt may take, from connecting to the last byte of the answer; waiting for a permit does not
    /// count, and begins the time anew where it comes after connecting. Default: 20 seconds, as in the vendor's own library.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public TimeSpan AttemptTimeout
    {
        get => _attemptTimeout;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(AttemptTimeout));
            _attemptTimeout = value;
        }
    }

    /// <summary>
    /// How often a request is repeated that never reached Kommo, and, where twice is as good as once (reading, deleting,
    /// changing; not creating), one whose answer was lost or was a 5xx other than 504. Default: 2; more belongs to the
    /// caller's queue, where waiting is free.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Retries
    {
        get => _retries;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Retries));
            _retries = value;
        }
    }

    /// <summary>
    /// Puts a handler of the caller's around all others, so that it sees each request once, before it waits for a permit. Default: none.
    /// </summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Around { get; init; }

    /// <summary>
    /// Whether a change or deletion is repeated like a read after a lost answer or a server's fault. Default: true, since twice is as good as
    /// once. False suits who must know of each change that Kommo may have made, for example to recognise the hooks that it causes: a repeated
    /// one happens at two times, of which the answer tells the second.
    /// </summary>
    public bool RepeatChanges { get; init; } = true;

    /// <summary>
    /// How long a permit is good after it was granted, until the first bytes of the request leave. Beyond it the request waits at its connection
    /// for another. Default: 10 ms, many times what an open connection needs, and little beside what the network adds.
    /// </summary>
    internal TimeSpan PermitGoodFor { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
