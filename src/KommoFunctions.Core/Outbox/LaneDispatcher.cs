using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Outbox;

/// <summary>
/// Sends a lane's commands: in order, in batches, one request at a time over all processes. Before a batch is sent the lane's row names its
/// commands; whoever finds them there later knows that Kommo may have acted, and finds that out before anything is sent again.
/// </summary>
internal sealed class LaneDispatcher(
    OutboxStore store,
    Lanes lanes,
    AccountSessions sessions,
    LaneSender sender,
    LaneDoubts doubts,
    RefusedCommands refused,
    IOptions<OutboxOptions> options,
    CoreMetrics metrics,
    IStorageClock clock,
    TimeProvider time)
{
    /// <summary>How long a pass goes on before the other lanes' turn comes: a lane that is never empty must not keep its place for ever.</summary>
    private static readonly TimeSpan LongestPass = TimeSpan.FromSeconds(5);

    /// <summary>So many times the items of a request are looked at for commands that can be merged into them.</summary>
    private const int LookAhead = 4;

    /// <summary>The names of the commands in flight stand in one property, which takes 32 K characters.</summary>
    private const int MostCommands = 500;

    private readonly OutboxOptions _options = options.Value;

    /// <summary>Sends what waits in the lane, for some seconds at most.</summary>
    /// <exception cref="NotNowException">
    /// There is more to send after the others' turn; or another process has the lane; or it has to wait before Kommo can be asked.
    /// </exception>
    /// <exception cref="KommoException">Kommo could not be reached or refused for now. What was to be sent is still there.</exception>
    public async Task DrainAsync(LaneKey key, CancellationToken cancellationToken)
    {
        var lane = lanes[key.Lane];
        await using var hold = await store.OpenAsync(key, _options.LaneHold, cancellationToken);
        hold.RequireFree();
        if (hold.State.InFlight.Count > 0)
        {
            await hold.WriteAsync(hold.State, cancellationToken);
            await doubts.SettleAsync(hold, lane, cancellationToken);
        }

        await SendAllAsync(hold, lane, cancellationToken);
    }

    /// <summary>
    /// Gives up what has failed for too long: the commands that were stored before it began to fail become dead letters, and the lane goes on with the others.
    /// </summary>
    /// <param name="key">The lane.</param>
    /// <param name="decision">Why, and since when it fails.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="NotNowException">Another process has the lane.</exception>
    public async Task GiveUpAsync(LaneKey key, FailureDecision.DeadLetter decision, CancellationToken cancellationToken)
    {
        await using var hold = await store.OpenAsync(key, _options.LaneHold, cancellationToken);
        hold.RequireFree();
        await hold.WriteAsync(hold.State, cancellationToken);
        while ((await PeekAsync(key, _options.BatchSize, cancellationToken)).Where(c => c.StoredAt <= decision.History.FirstAt).ToList() is { Count: > 0 } batch)
        {
            foreach (var command in batch)
            {
                var reason = hold.State.InFlight.Contains(command.Id) ? DeadLetterReasons.InDoubt : decision.Reason;
                await refused.KeepAsync(key, command, decision.History.LastError, cancellationToken, reason);
            }

            await hold.WriteAsync(hold.State, cancellationToken);
        }
    }

    private async Task SendAllAsync(LaneHold hold, ILane lane, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var wasQuiet = CompanyIn(hold.State) <= TimeSpan.Zero;
        while (true)
        {
            var limit = Math.Min(hold.State.BatchLimit > 0 ? hold.State.BatchLimit : _options.BatchSize, lane.MostItems);
            var merge = lane.Repetition == LaneRepetition.Harmless && !hold.State.Unmerged;
            var window = merge ? Math.Min(limit * LookAhead, MostCommands) : limit;
            var oldest = await PeekAsync(hold.Key, window, cancellationToken);
            if (oldest.Count == 0)
            {
                return;
            }

            if (time.GetElapsedTime(started) > LongestPass)
            {
                throw new NotNowException($"{hold.Key.PartitionKey} has more to send after the others' turn.", TimeSpan.Zero) { MadeProgress = true };
            }

            var batch = lane.Select(oldest, limit, merge);
            var isAll = batch.Count == oldest.Count && oldest.Count < window;
            if (isAll && CompanyIn(hold.State) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken);
                hold.State = hold.State with { LastSentAt = DateTimeOffset.UnixEpoch };
                continue;
            }

            if (!await IsConnectedAsync(hold, cancellationToken))
            {
                return;
            }

            var isDone = await SendAsync(hold, lane, batch, cancellationToken);
            if (wasQuiet && isAll && isDone)
            {
                // Whoever stored a command since then has rung for it.
                return;
            }
        }
    }

    /// <summary>Sends one batch and writes down what became of it.</summary>
    /// <returns>Whether all of it is done.</returns>
    private async Task<bool> SendAsync(LaneHold hold, ILane lane, IReadOnlyList<PendingCommand> batch, CancellationToken cancellationToken)
    {
        // The earliest that it may be: Kommo is asked later for what was made since then.
        var now = clock.Now.Earliest;
        await hold.WriteAsync(hold.State with { InFlight = [.. batch.Select(c => c.Id)], InFlightSince = now, LastSentAt = now }, cancellationToken);
        var outcome = await sender.SendAsync(hold, lane, batch, cancellationToken);
        if (outcome.Done.Count > 0)
        {
            await store.FinishAsync(hold.Key, outcome.Done, cancellationToken);
            metrics.Commands(hold.Key.Lane, "sent", outcome.Done.Count);
        }

        foreach (var (command, error) in outcome.Refused)
        {
            await refused.KeepAsync(hold.Key, command, error, cancellationToken);
        }

        // Until Kommo has been asked for them they are in doubt, whatever happens to this process.
        hold.State = hold.State with
        {
            InFlight = [.. outcome.Unverified.Select(c => c.Id)],
            BatchLimit = outcome.BatchLimit,
            Unmerged = outcome.Unmerged,
        };
        if (outcome.Unverified.Count > 0)
        {
            await doubts.VerifyAsync(hold, lane, outcome.Unverified, cancellationToken);
            hold.State = hold.State with { InFlight = [] };
        }

        if (outcome.Unanswered.Count > 0)
        {
            hold.State = hold.State with { InFlight = outcome.Unanswered };
            throw new NotNowException($"Kommo's answer left out some commands of {hold.Key.PartitionKey}.", _options.InDoubtDelay);
        }

        return outcome.Done.Count == batch.Count;
    }

    /// <summary>An account that is gone: its commands become dead letters, those in doubt too, and can be replayed when it is connected again.</summary>
    private async Task<bool> IsConnectedAsync(LaneHold hold, CancellationToken cancellationToken)
    {
        try
        {
            await sessions.GetAsync(hold.Key.AccountId, cancellationToken);
            return true;
        }
        catch (PermanentFailureException gone)
        {
            await hold.WriteAsync(hold.State, cancellationToken);
            while (await PeekAsync(hold.Key, _options.BatchSize, cancellationToken) is { Count: > 0 } batch)
            {
                foreach (var command in batch)
                {
                    await refused.KeepAsync(hold.Key, command, gone.Message, cancellationToken, gone.Reason);
                }
            }

            return false;
        }
    }

    /// <summary>The oldest commands that were not sent before. A handler that ran again after its commands were sent has handed them in again.</summary>
    private async Task<IReadOnlyList<PendingCommand>> PeekAsync(LaneKey key, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var oldest = await store.PeekAsync(key, limit, cancellationToken);
            var done = await store.FindDoneAsync(key, [.. oldest.Select(c => c.Id)], cancellationToken);
            if (done.Count == 0)
            {
                return oldest;
            }

            metrics.Commands(key.Lane, "repeated", done.Count);
            await Task.WhenAll(done.Select(id => store.RemoveDoneAsync(key, id, cancellationToken)));
            if (done.Count < oldest.Count)
            {
                return [.. oldest.Where(c => !done.Contains(c.Id))];
            }
        }
    }

    /// <summary>How long a batch that is not full may wait for company yet; never longer than that, whatever the row says.</summary>
    private TimeSpan CompanyIn(LaneState state) => clock.Now.Until(state.LastSentAt + _options.BatchAge, _options.BatchAge);
}
