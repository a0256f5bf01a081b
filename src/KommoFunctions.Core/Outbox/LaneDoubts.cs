using KommoFunctions.Accounts;
using KommoFunctions.DeadLetters;
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

    private const string Lost = "The answer to the request was lost: Kommo may have carried it out. Look there; replay it if it is missing, discard it otherwise.";

    private readonly OutboxOptions _options = options.Value;

    /// <summary>Settles the doubts of a lane that is held. What is to be sent again is still in the outbox afterwards.</summary>
    /// <exception cref="NotNowException">Kommo may still be at it, or the account is not connected.</exception>
    public async Task SettleAsync(LaneHold hold, ILane lane, CancellationToken cancellationToken)
    {
        var key = hold.Key;
        var commands = await store.GetAsync(key, hold.State.InFlight, cancellationToken);
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
            await CheckAsync(hold, lane, commands, cancellationToken);
        }
        else
        {
            metrics.Commands(hold.Key.Lane, "sent_again", commands.Count);
        }
    }

    private InDoubtAction ActionFor(LaneRepetition repetition) => repetition switch
    {
        LaneRepetition.Harmless => InDoubtAction.Repeat,
        LaneRepetition.Unknowable when _options.InDoubt == InDoubtAction.Check => InDoubtAction.SetAside,
        _ => _options.InDoubt,
    };

    private async Task CheckAsync(LaneHold hold, ILane lane, IReadOnlyList<PendingCommand> commands, CancellationToken cancellationToken)
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
