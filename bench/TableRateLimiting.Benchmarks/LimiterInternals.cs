using Microsoft.Extensions.Logging.Abstractions;
using TableRateLimiting.Grants;
using TableRateLimiting.Internal;
using TableRateLimiting.Storage;

namespace TableRateLimiting.Benchmarks;

/// <summary>All that the benchmarks know of the limiter's inside: how to make one whose store is memory and whose bookings are done on the benchmark's thread.</summary>
internal static class LimiterInternals
{
    public static TableRateLimiter NewLimiter(LeapingTime time) => new(
        new MemoryStore(time),
        "benchmark",
        Settings.From(new TableRateLimiterOptions()),
        new StorageClock(time),
        time,
        new Random(1),
        NullLogger.Instance,
        meterFactory: null,
        time.Begin);

    /// <summary>The record in memory: every answer is there at once, and nobody else writes.</summary>
    private sealed class MemoryStore(TimeProvider time) : IGrantStore
    {
        private static readonly string[] Versions = ["odd", "even"];

        private StoredRecord _stored = new(GrantRecord.Empty, null);
        private int _writes;

        public Task<Answer<StoredRecord>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Now(_stored));

        public Task<Answer<bool>> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(Now(true));

        public Task<Answer<string?>> TryWriteAsync(GrantRecord record, string? version, CancellationToken cancellationToken)
        {
            if (version != _stored.Version)
            {
                return Task.FromResult(Now<string?>(null));
            }

            _stored = new StoredRecord(record, Versions[_writes++ % Versions.Length]);
            return Task.FromResult(Now(_stored.Version));
        }

        private Answer<T> Now<T>(T value)
        {
            var now = time.GetUtcNow().UtcTicks;
            return new Answer<T>(value, new ServiceStamp(now - TimeSpan.TicksPerMillisecond, now + TimeSpan.TicksPerMillisecond), Exact: true);
        }
    }
}
