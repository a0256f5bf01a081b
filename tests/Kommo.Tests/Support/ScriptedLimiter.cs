using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Kommo.Tests.Support;

/// <summary>Answers the questions for permits in the order in which they came, when and how a test says so.</summary>
internal sealed class ScriptedLimiter : RateLimiter
{
    private readonly ConcurrentQueue<TaskCompletionSource<RateLimitLease>> _questions = new();
    private int _asked;

    /// <summary>Questions that are answered at once; further ones wait for the test.</summary>
    public int AtOnce { get; set; }

    public int Asked => _asked;

    public override TimeSpan? IdleDuration => null;

    public void Grant() => Answer(new Lease(true, null));

    public void Refuse(TimeSpan retryAfter) => Answer(new Lease(false, retryAfter));

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new InvalidOperationException("The pipeline waits.");

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _asked) <= AtOnce)
        {
            return new Lease(true, null);
        }

        var question = new TaskCompletionSource<RateLimitLease>();
        _questions.Enqueue(question);
        await using (cancellationToken.UnsafeRegister(_ => question.TrySetCanceled(cancellationToken), null))
        {
            return await question.Task;
        }
    }

    private void Answer(RateLimitLease lease)
    {
        while (_questions.TryDequeue(out var question))
        {
            if (question.TrySetResult(lease))
            {
                return;
            }
        }

        throw new InvalidOperationException("Nobody asks.");
    }

    private sealed class Lease(bool isAcquired, TimeSpan? retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
