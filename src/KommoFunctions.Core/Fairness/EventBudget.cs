using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Fairness;

/// <summary>
/// Notices an account that brings more events than are planned for, since each costs money. Nothing is held up: the events beyond the budget are
/// counted, an alert asks for that count, and the log names the account. It costs no request to storage, since each process counts for itself.
/// </summary>
internal sealed partial class EventBudget(IOptions<FairShareOptions> options, CoreMetrics metrics, TimeProvider time, ILogger<EventBudget> logger) : IDisposable
{
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LogEvery = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, long> _logged = [];

    private readonly int _most = options.Value.EventsPerDay;

    private readonly PartitionedRateLimiter<long> _budgets = PartitionedRateLimiter.Create<long, long>(
        accountId => RateLimitPartition.GetTokenBucketLimiter(accountId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.EventsPerDay,
            TokensPerPeriod = Math.Max(1, (int)(options.Value.EventsPerDay * (Refill / TimeSpan.FromDays(1)))),
            ReplenishmentPeriod = Refill,
            QueueLimit = 0,
        }));

    /// <summary>Counts events that an account brought.</summary>
    public void Spend(long accountId, int events)
    {
        using var spent = _budgets.AttemptAcquire(accountId, Math.Min(events, _most));
        if (spent.IsAcquired)
        {
            return;
        }

        metrics.OverBudget(events);
        if (IsNews(accountId))
        {
            Log.OverBudget(logger, accountId, _most);
        }
    }

    public void Dispose() => _budgets.Dispose();

    private bool IsNews(long accountId)
    {
        lock (_gate)
        {
            var isNews = !_logged.TryGetValue(accountId, out var last) || time.GetElapsedTime(last) >= LogEvery;
            if (isNews)
            {
                _logged[accountId] = time.GetTimestamp();
            }

            return isNews;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {AccountId} brings more than {EventsPerDay} events a day (KommoFunctions:FairShare:EventsPerDay). They are handled; see what causes them")]
        public static partial void OverBudget(ILogger logger, long accountId, int eventsPerDay);
    }
}
