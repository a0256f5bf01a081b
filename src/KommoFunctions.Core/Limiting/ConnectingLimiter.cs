using System.Threading.RateLimiting;
using Kommo.Http;

namespace KommoFunctions.Limiting;

/// <summary>
/// Permits for requests to a host on somebody's word: the token requests of the connect pages, which anybody can cause. They share a small limit over
/// all hosts. At the host of a connected account each takes a permit of that account as well, so that Kommo sees no request beyond the account's limit;
/// for any other host nothing is kept.
/// </summary>
/// <param name="all">The limit over all hosts.</param>
/// <param name="findAccount">The limiter of the account that is connected at the host; null when there is none.</param>
/// <param name="address">The outbound address's limiter, or null: that is not limited.</param>
internal sealed class ConnectingLimiter(
    RateLimiter all,
    Func<CancellationToken, Task<AccountLimiter?>> findAccount,
    RateLimiter? address) : RateLimiter, ILimitObserver
{
    private AccountLimiter? _account;

    /// <summary>Whether the latest request was to the host of a connected account, and took its permit.</summary>
    public bool CountedForAccount => _account is not null;

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    /// <summary>A 429 of an account that is none of ours slows nobody down: its owner may want that.</summary>
    public ValueTask RateLimitedAsync(TimeSpan? retryAfter, CancellationToken cancellationToken) =>
        _account?.RateLimitedAsync(retryAfter, cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>A block page of a host that is no account's of ours stops nobody either: anybody can name a host that answers so.</summary>
    public ValueTask BlockedAsync(CancellationToken cancellationToken) => _account?.BlockedAsync(cancellationToken) ?? ValueTask.CompletedTask;

    public void Served() => _account?.Served();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) =>
        throw new NotSupportedException("Whether the host is an account's is known to storage: ask with AcquireAsync.");

    /// <summary>The account's permit last: it is the one that is good for a moment only.</summary>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        var lease = await all.AcquireAsync(permitCount, cancellationToken);
        if (!lease.IsAcquired)
        {
            return lease;
        }

        _account = await findAccount(cancellationToken);
        if ((_account?.Limiter ?? address) is not { } last)
        {
            return lease;
        }

        lease.Dispose();
        return await last.AcquireAsync(permitCount, cancellationToken);
    }
}
