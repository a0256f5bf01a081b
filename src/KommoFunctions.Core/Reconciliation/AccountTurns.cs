using KommoFunctions.Accounts;

namespace KommoFunctions.Reconciliation;

/// <summary>
/// Works for many accounts, some at a time, in the order in which they are given, for a bounded time. Whoever is not reached is first in the next run,
/// whose order it is to begin with those that were reached longest ago. An account that fails or takes too long costs the others its place for a while.
/// </summary>
/// <param name="sideBySide">Accounts at a time.</param>
/// <param name="perAccount">The most that one may take.</param>
/// <param name="perRun">The most that all may take together.</param>
/// <param name="time">The clock.</param>
internal sealed class AccountTurns(int sideBySide, TimeSpan perAccount, TimeSpan perRun, TimeProvider time)
{
    /// <param name="accounts">The accounts, first come first.</param>
    /// <param name="work">The work for one.</param>
    /// <param name="failed">Is told of one whose work failed or took too long; must not throw.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
    /// <returns>How many could not be reached, or not be ended, before the run's time was over.</returns>
    public async Task<int> RunAsync(
        IReadOnlyCollection<KommoAccount> accounts,
        Func<KommoAccount, CancellationToken, Task> work,
        Func<KommoAccount, Exception, Task> failed,
        CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(perRun, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var ended = 0;
        await Parallel.ForEachAsync(
            accounts,
            new ParallelOptions { MaxDegreeOfParallelism = sideBySide, CancellationToken = cancellationToken },
            async (account, _) =>
            {
                if (over.IsCancellationRequested)
                {
                    return;
                }

                using var turn = new CancellationTokenSource(perAccount, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, end.Token);
                try
                {
                    await work(account, either.Token);
                }
                catch (OperationCanceledException) when (end.IsCancellationRequested)
                {
                    // It keeps its place.
                    return;
                }
                catch (OperationCanceledException e) when (turn.IsCancellationRequested)
                {
                    await failed(account, new TimeoutException($"It took longer than {perAccount}.", e));
                }
                catch (Exception e)
                {
                    await failed(account, e);
                }

                Interlocked.Increment(ref ended);
            });
        return accounts.Count - ended;
    }
}
