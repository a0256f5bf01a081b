using System.Collections.Concurrent;

namespace KommoFunctions.DeadLetters;

/// <summary>Does the same with many dead letters, a bounded number at once: the rest is for the next call.</summary>
internal sealed class BulkWork(DeadLetterStore store, DeadLetterReplay replay)
{
    /// <summary>Items at the same time; each takes a few round trips to storage.</summary>
    private const int Parallelism = 8;

    public Task<BulkView> ReplayAsync(LetterRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, (item, token) => replay.TryReplayAsync(item.AccountId, item.Id, token), cancellationToken);

    /// <summary>What has come back or was edited since it was listed stays: nobody has decided on it yet.</summary>
    public Task<BulkView> DiscardAsync(LetterRequest request, CancellationToken cancellationToken) => RunAsync(
        request,
        async (item, token) => await store.DiscardUnchangedAsync(item, token) ? LetterOutcome.Done("It is gone.") : LetterOutcome.Changed,
        cancellationToken);

    private async Task<BulkView> RunAsync(
        LetterRequest request, Func<DeadLetterSummary, CancellationToken, Task<LetterOutcome>> work, CancellationToken cancellationToken)
    {
        var page = await store.ReadPageAsync(request.Filter, request.After, request.Limit, cancellationToken);
        var failed = new ConcurrentBag<BulkFailure>();
        await Parallel.ForEachAsync(
            page.Items,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (item, token) =>
            {
                var outcome = await work(item, token);
                if (outcome.Result is LetterResult.Refused or LetterResult.Changed)
                {
                    failed.Add(new BulkFailure(item.AccountId, item.Id, outcome.Detail));
                }
            });
        return new BulkView(
            page.Items.Count - failed.Count,
            [.. failed.OrderBy(f => f.AccountId).ThenBy(f => f.Id, StringComparer.Ordinal)],
            page.Next?.ToString());
    }
}
