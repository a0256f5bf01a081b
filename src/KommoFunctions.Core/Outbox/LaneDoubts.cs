using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Outbox;

/// <summary>Deals with commands whose request's answer nobody saw: Kommo may have acted on them or not.</summary>
internal sealed partial class LaneDoubts(
    OutboxStore store,
    AccountSessions sessions,
    RefusedCommands refused,
    IOptions<OutboxOptions> options,
    CoreMetrics metrics,
    IStorageClock clock,
    ILogger<LaneDoubts> logger)
{
    /// <summary>How long before a request in doubt what Kommo made is looked through; more than clocks may differ by costs nothing.</summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(5);

    /// <summary>From then on somebody may have changed what an update is about, and may not want it any more.</summary>
    private static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(10);

    /// <summary>How long after a request a change may be its own: as long as it may take, and what clocks may differ by.</summary>
    private static readonly TimeSpan OwnActs = TimeSpan.FromMinutes(2);

    private const string Overtaken =
        "The answer to the request was lost, and what it was to change has been changed since. Look there; replay it if it still counts, discard it otherwise.";

    private const string Lost = "The answer to the request was lost: Kommo may have carried it out. Look there; replay it if it is missing, discard it otherwise.";

    private readonly OutboxOptions _options = options.Value;

    /// <summary>Settles the doubts of a lane that is held. What is to be sent again is still in the outbox afterwards.</summary>
    /// <exception cref="NotNowException">Kommo may still be at it, or the account is not connected.</exception>
    public async Task SettleAsync(LaneHold hold, ILane lane, CancellationToken cancellationToken)
    {
        var key = hold.Key;
        var commands = await GetUndoneAsync(key, hold.State.InFlight, cancellationToken);
        if (commands.Count > 0 && await IsGoneAsync(key, cancellationToken) is { } gone)
        {
            await SetAsideAsync(key, commands, $"{gone.Message} It may have been carried out before.", gone.Reason, cancellationToken);
        }
        else
        {
            foreach (var same in commands.GroupBy(command => ActionFor(lane.RepetitionOf(command))))
            {
                await SettleAsync(hold, lane, same.Key, [.. same], cancellationToken);
            }
        }

        // With no command left its answer was seen and written down; only the lane's row was not.
        await hold.WriteAsync(hold.State with { InFlight = [] }, cancellationToken);
    }

    private async Task SettleAsync(
        LaneHold hold, ILane lane, InDoubtAction action, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        if (action == InDoubtAction.SetAside)
        {
            await SetAsideAsync(hold.Key, commands, Lost, DeadLetterReasons.InDoubt, cancellationToken);
            return;
        }

        if (clock.Now.Until(hold.State.InFlightSince + _options.InDoubtDelay, _options.InDoubtDelay) is { Ticks: > 0 } wait)
        {
            throw new NotNowException($"Kommo may still be at the last request of {hold.Key.PartitionKey}.", wait);
        }

        if (action == InDoubtAction.Check)
        {
            await VerifyAsync(hold, lane, commands, cancellationToken);
        }
        else
        {
            var overtaken = await SetOvertakenAsideAsync(hold, lane, commands, cancellationToken);
            metrics.Commands(hold.Key.Lane, "sent_again", commands.Count - overtaken);
        }
    }

    /// <summary>Those without a mark. One with a mark is done: a handler that ran again has stored it again.</summary>
    private async Task<IReadOnlyList<PendingCommand>> GetUndoneAsync(LaneKey key, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var commands = await store.GetAsync(key, ids, cancellationToken);
        var done = await store.FindDoneAsync(key, [.. commands.Select(c => c.Id)], cancellationToken);
        await Task.WhenAll(done.Select(id => store.RemoveDoneAsync(key, id, cancellationToken)));
        return [.. commands.Where(command => !done.Contains(command.Id))];
    }

    /// <summary>
    /// An update that is sent again at once changes nothing. Hours later, when Kommo is back or the account is in order again, it would take back what a
    /// person has done meanwhile: so it is asked then whether anybody has.
    /// </summary>
    private async Task<int> SetOvertakenAsideAsync(
        LaneHold hold, ILane lane, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        if (lane.Repetition != LaneRepetition.Harmless || clock.Now.Latest - hold.State.InFlightSince < StaleAfter)
        {
            return 0;
        }

        var session = await sessions.GetAsync(hold.Key.AccountId, cancellationToken);
        var overtaken = await lane.FindOvertakenAsync(session.Kommo, commands, hold.State.InFlightSince + OwnActs, cancellationToken);
        await SetAsideAsync(hold.Key, overtaken, Overtaken, DeadLetterReasons.InDoubt, cancellationToken);
        return overtaken.Count;
    }

    private InDoubtAction ActionFor(LaneRepetition repetition) => repetition switch
    {
        LaneRepetition.Harmless => InDoubtAction.Repeat,
        LaneRepetition.Unknowable when _options.InDoubt == InDoubtAction.Check => InDoubtAction.SetAside,
        _ => _options.InDoubt,
    };

    /// <summary>Asks Kommo which of the commands it has carried out and writes that down; the others are still in the outbox.</summary>
    public async Task VerifyAsync(LaneHold hold, ILane lane, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
    {
        var (key, since) = (hold.Key, hold.State.InFlightSince);
        var session = await sessions.GetAsync(key.AccountId, cancellationToken);
        var known = await store.ListMadeAsync(key, since - KnownFor, cancellationToken);
        var done = await lane.FindDoneAsync(session.Kommo, commands, since, known, cancellationToken);
        Log.Settled(logger, key.PartitionKey, commands.Count, done.Count);
        if (done.Count > 0)
        {
            await store.FinishAsync(key, done, cancellationToken);
            metrics.Commands(key.Lane, "found", done.Count);
        }
    }

    private async Task SetAsideAsync(
        LaneKey key, IReadOnlyList<PendingCommand> commands, string error, string reason, CancellationToken cancellationToken)
    {
        foreach (var command in commands)
        {
            await refused.KeepAsync(key, command, error, cancellationToken, reason);
        }

        metrics.Commands(key.Lane, "set_aside", commands.Count);
    }

    private async Task<PermanentFailureException?> IsGoneAsync(LaneKey key, CancellationToken cancellationToken)
    {
        try
        {
            await sessions.GetAsync(key.AccountId, cancellationToken);
            return null;
        }
        catch (PermanentFailureException gone)
        {
            return gone;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Lane}: of {Count} commands in doubt Kommo had carried out {Done}; the others are sent again")]
        public static partial void Settled(ILogger logger, string lane, int count, int done);
    }
}
