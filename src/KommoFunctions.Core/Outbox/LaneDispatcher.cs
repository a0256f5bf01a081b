using Kommo;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.DeadLetters;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Outbox;

/// <summary>
/// Sends a lane's commands until it is empty: in order, in batches, one request at a time over all processes. Before a batch is sent the
/// lane's row names its commands; whoever finds them there later knows that Kommo may have acted, and asks it before sending again.
/// </summary>
internal sealed partial class LaneDispatcher(
    OutboxStore store,
    Lanes lanes,
    AccountSessions sessions,
    RefusedCommands refused,
    IOptions<OutboxOptions> options,
    CoreMetrics metrics,
    TimeProvider time,
    ILogger<LaneDispatcher> logger)
{
    /// <summary>How long before a request in doubt what Kommo made is looked through; more than clocks may differ by costs nothing.</summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(5);

    private readonly OutboxOptions _options = options.Value;

    /// <exception cref="NotNowException">Another process has the lane, or it has to wait before Kommo can be asked.</exception>
    /// <exception cref="KommoException">Kommo could not be reached or refused for now. What was to be sent is still there.</exception>
    public async Task DrainAsync(LaneKey key, CancellationToken cancellationToken)
    {
        var lane = lanes[key.Lane];
        var state = await store.ReadStateAsync(key, cancellationToken);
        if (state.HeldUntil - time.GetUtcNow() is { Ticks: > 0 } wait)
        {
            // Asked again soon, not when the hold ends: as a rule it is given back long before.
            throw new NotNowException($"Another process sends the commands of {key.PartitionKey}.", Shorter(wait, TimeSpan.FromSeconds(1)));
        }

        if (state.InFlight.Count == 0 && (await store.PeekAsync(key, 1, cancellationToken)).Count == 0)
        {
            return;
        }

        state = await WriteAsync(key, Held(state), cancellationToken);
        try
        {
            try
            {
                await Guard(state, () => sessions.GetAsync(key.AccountId, cancellationToken));
            }
            catch (LaneFailure failure) when (failure.InnerException is PermanentFailureException gone)
            {
                state = await Guard(state, () => EmptyAsync(key, state, gone, cancellationToken));
            }

            state = await SettleDoubtsAsync(key, lane, state, cancellationToken);
            state = await SendAllAsync(key, lane, state, cancellationToken);
        }
        catch (LaneFailure failure)
        {
            await store.TryWriteStateAsync(key, failure.State with { HeldUntil = DateTimeOffset.UnixEpoch }, CancellationToken.None);
            throw failure.InnerException!;
        }

        await store.TryWriteStateAsync(key, state with { HeldUntil = DateTimeOffset.UnixEpoch }, CancellationToken.None);
    }

    private async Task<LaneState> SendAllAsync(LaneKey key, ILane lane, LaneState state, CancellationToken cancellationToken)
    {
        while (true)
        {
            var limit = state.BatchLimit > 0 ? state.BatchLimit : _options.BatchSize;
            var batch = lane.Select(await Guard(state, () => PeekAsync(key, limit, cancellationToken)), Math.Min(limit, lane.MostItems), merge: true);
            if (batch.Count == 0)
            {
                return state;
            }

            state = await Guard(state, () => WriteAsync(
                key,
                Held(state) with { InFlight = [.. batch.Select(c => c.Id)], InFlightSince = time.GetUtcNow() },
                cancellationToken));
            var outcome = await SendAsync(key, lane, state, batch, cancellationToken);
            await Guard(state, () => FinishAsync(key, outcome.Done, "sent", cancellationToken));
            foreach (var (command, error) in outcome.Refused)
            {
                await Guard(state, () => refused.KeepAsync(key, command, error, cancellationToken));
            }

            state = state with { InFlight = [], BatchLimit = outcome.BatchLimit };
        }
    }

    /// <summary>The account is gone: its commands become dead letters, those in doubt too, and can be replayed when it is connected again.</summary>
    private async Task<LaneState> EmptyAsync(LaneKey key, LaneState state, PermanentFailureException gone, CancellationToken cancellationToken)
    {
        while (await PeekAsync(key, _options.BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            foreach (var command in batch)
            {
                var error = state.InFlight.Contains(command.Id) ? $"{gone.Message} It may have been carried out before." : gone.Message;
                await refused.KeepAsync(key, command, error, cancellationToken, gone.Reason);
            }
        }

        return await WriteAsync(key, Held(state) with { InFlight = [] }, cancellationToken);
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
            await Task.WhenAll(done.Select(id => store.RemoveAsync(key, id, cancellationToken)));
            if (done.Count < oldest.Count)
            {
                return [.. oldest.Where(c => !done.Contains(c.Id))];
            }
        }
    }

    private async Task<SendOutcome> SendAsync(
        LaneKey key, ILane lane, LaneState state, IReadOnlyList<PendingCommand> batch, CancellationToken cancellationToken)
    {
        using var hold = new CancellationTokenSource(_options.LaneHold * 0.8, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hold.Token, cancellationToken);
        try
        {
            var session = await sessions.GetAsync(key.AccountId, either.Token);
            var answer = await lane.SendAsync(session.Kommo, batch, either.Token);
            return new SendOutcome(answer.Done, answer.Refused, Grow(state.BatchLimit));
        }
        catch (KommoValidationException e)
        {
            return SendOutcome.OfRefusal(e, batch);
        }
        catch (KommoException e) when (e.Fate == RequestFate.Unknown)
        {
            Log.InDoubt(logger, key.PartitionKey, batch.Count, e);
            metrics.Commands(key.Lane, "in_doubt", batch.Count);
            var limit = e is KommoGatewayTimeoutException ? Math.Max(1, batch.Count / 2) : state.BatchLimit;
            throw new LaneFailure(state with { BatchLimit = limit }, new NotNowException(e.Message, _options.InDoubtDelay, e));
        }
        catch (KommoException e) when (
            !e.IsTransient && e is not (KommoUnauthorizedException or KommoGrantRejectedException or KommoPaymentRequiredException))
        {
            // Refused as a whole and for good: a missing right, say. The commands become dead letters with that reason, one by one.
            return new SendOutcome([], [.. batch.Select(c => (c, e.Message))], state.BatchLimit);
        }
        catch (Exception e) when (e is KommoException or NotNowException)
        {
            // The second tells that there was no token to send it with.
            throw new LaneFailure(state with { InFlight = [] }, e);
        }
        catch (Exception e)
        {
            // Not known to be Kommo's answer, so the request may be under way: the mark stays.
            throw new LaneFailure(state, e);
        }
    }

    /// <summary>Finds out what became of a request whose answer nobody saw.</summary>
    private async Task<LaneState> SettleDoubtsAsync(LaneKey key, ILane lane, LaneState state, CancellationToken cancellationToken)
    {
        if (state.InFlight.Count == 0)
        {
            return state;
        }

        return await Guard(state, async () =>
        {
            var commands = await store.GetAsync(key, state.InFlight, cancellationToken);
            if (commands.Count == 0)
            {
                // Its answer was seen and written down; only the lane's row was not.
                return await WriteAsync(key, Held(state) with { InFlight = [] }, cancellationToken);
            }

            var age = time.GetUtcNow() - state.InFlightSince;
            if (age < _options.InDoubtDelay)
            {
                throw new NotNowException($"Kommo may still be at the last request of {key.PartitionKey}.", _options.InDoubtDelay - age);
            }

            var session = await sessions.GetAsync(key.AccountId, cancellationToken);
            var known = await store.ListMadeAsync(key, state.InFlightSince - KnownFor, cancellationToken);
            var done = await lane.FindDoneAsync(session.Kommo, commands, state.InFlightSince, known, cancellationToken);
            Log.Settled(logger, key.PartitionKey, commands.Count, done.Count);
            await FinishAsync(key, done, "found", cancellationToken);
            return await WriteAsync(key, Held(state) with { InFlight = [] }, cancellationToken);
        });
    }

    private async Task<bool> FinishAsync(LaneKey key, IReadOnlyList<DoneCommand> done, string outcome, CancellationToken cancellationToken)
    {
        if (done.Count > 0)
        {
            await store.FinishAsync(key, done, cancellationToken);
            metrics.Commands(key.Lane, outcome, done.Count);
        }

        return true;
    }

    private async Task<LaneState> WriteAsync(LaneKey key, LaneState state, CancellationToken cancellationToken) =>
        await store.TryWriteStateAsync(key, state, cancellationToken)
        ?? throw new NotNowException($"Another process took {key.PartitionKey} over.", TimeSpan.FromSeconds(1));

    private LaneState Held(LaneState state) => state with { HeldUntil = time.GetUtcNow() + _options.LaneHold };

    /// <summary>A limit learnt from a timeout grows back with each batch that goes through.</summary>
    private int Grow(int limit) => limit == 0 || limit * 2 >= _options.BatchSize ? 0 : limit * 2;

    /// <summary>Keeps the state as it was last written beside an exception, so that the lane can be given back.</summary>
    private static async Task<T> Guard<T>(LaneState state, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not LaneFailure)
        {
            throw new LaneFailure(state, e);
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed class LaneFailure(LaneState state, Exception inner) : Exception(inner.Message, inner)
    {
        public LaneState State { get; } = state;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Lane}: the answer to a request with {Count} commands was lost; Kommo will be asked what it did")]
        public static partial void InDoubt(ILogger logger, string lane, int count, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "{Lane}: of {Count} commands in doubt Kommo had carried out {Done}; the others are sent again")]
        public static partial void Settled(ILogger logger, string lane, int count, int done);
    }
}
