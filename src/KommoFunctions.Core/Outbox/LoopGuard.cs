using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Outbox;

/// <summary>
/// Tells whether an event was caused by a command of the outbox. Kommo does not say so: its <c>modified_user_id</c> is 0 for integrations and robots,
/// and now and then for people (Kommo: Webhooks, loop prevention). So what Kommo answered to the command is compared with what the hook says.
/// </summary>
internal sealed class LoopGuard(
    OutboxStore store, Lanes lanes, AccountSessions sessions, IOptions<OutboxOptions> options, TimeProvider time)
{
    /// <summary>What the clocks of two instances may differ by.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>The longest that an event waits for a request whose answer may tell that it caused it; a dead process must not hold it up longer.</summary>
    private readonly TimeSpan _patience = options.Value.LaneHold + options.Value.InDoubtDelay;

    /// <summary>Asks storage nothing of an event that no command causes or that a person caused, and two short questions of any other.</summary>
    /// <exception cref="NotNowException">A request is under way that may have caused it, and its answer is not known yet.</exception>
    public async Task<bool> IsOwnAsync(long accountId, WebhookEvent e, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (lanes.CauseOf(e) is not var (lane, trace) || await IsByPersonAsync(accountId, e, cancellationToken))
        {
            return false;
        }

        // The lane first: its commands leave their traces before they stop being in flight.
        var key = new LaneKey(accountId, lane);
        var state = await store.ReadStateAsync(key, cancellationToken);
        if (state.InFlight.Count > 0
            && state.InFlightSince <= receivedAt + ClockTolerance
            && time.GetUtcNow() - state.InFlightSince < _patience)
        {
            throw new NotNowException($"A request of {key.PartitionKey} under way may have caused the event.", LookAgain);
        }

        return await store.HasTraceAsync(key, trace, cancellationToken);
    }

    /// <summary>A change may be shown as made by the user who allowed the integration; any other user is a person.</summary>
    private async ValueTask<bool> IsByPersonAsync(long accountId, WebhookEvent e, CancellationToken cancellationToken) =>
        (e.Fields.GetInt64("modified_user_id") ?? e.Fields.GetInt64("modified_by")) is > 0 and var user
        && user != await (await sessions.GetAsync(accountId, cancellationToken)).GetUserIdAsync(cancellationToken);
}
