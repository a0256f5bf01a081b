using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Splitting;
using Microsoft.Extensions.Options;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// Tells whether an event was caused by a write of ours, a command of the outbox or a handler's own. Kommo does not say so: its
/// <c>modified_user_id</c> is 0 for integrations and robots, and now and then for people (Kommo: Webhooks, loop prevention). So what Kommo answered to
/// the write is compared with what the hook says.
/// </summary>
internal sealed class LoopGuard(
    OutboxStore store, Lanes lanes, DirectWriteStore direct, AccountSessions sessions, IOptions<OutboxOptions> options, TimeProvider time)
{
    /// <summary>What the clocks of two instances may differ by.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly UsageMemory<LaneKey> _lanes = new();
    private readonly UsageMemory<(long Account, string Kind)> _kinds = new();

    /// <summary>The longest that an event waits for a request whose answer may tell that it caused it; a dead process must not hold it up longer.</summary>
    private readonly TimeSpan _patience = options.Value.LaneHold + options.Value.InDoubtDelay;

    /// <summary>
    /// Asks storage nothing of an event that no write causes or that a person caused. Of any other it asks one short question for each lane whose commands
    /// cause such events, and one about handlers' own writes; each becomes two when the account has ever used that way. Of a backlog's events most of that
    /// is known already.
    /// </summary>
    /// <exception cref="NotNowException">A request is under way that may have caused it, and its answer is not known yet.</exception>
    public async Task<bool> IsOwnAsync(long accountId, WebhookEvent e, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var causes = lanes.CausesOf(e);
        var write = DirectWrite.ThatCauses(e);
        if ((causes.Count == 0 && write is null) || await IsByPersonAsync(accountId, e, cancellationToken))
        {
            return false;
        }

        foreach (var (lane, trace) in causes)
        {
            if (await IsByCommandAsync(new LaneKey(accountId, lane), trace, receivedAt, cancellationToken))
            {
                return true;
            }
        }

        return write is not null && await IsByHandlerAsync(accountId, e, write, receivedAt, cancellationToken);
    }

    private async Task<bool> IsByCommandAsync(LaneKey key, WriteTrace trace, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        // The lane first: its commands leave their traces before they stop being in flight.
        LaneState? read = null;
        if (!await _lanes.MayHaveCausedAsync(
            key, receivedAt, time.GetUtcNow(), async () => (read = await store.ReadStateAsync(key, cancellationToken)).ETag is not null))
        {
            return false;
        }

        var state = read ?? await store.ReadStateAsync(key, cancellationToken);
        if (state.InFlight.Count > 0
            && state.InFlightSince <= receivedAt + ClockTolerance
            && time.GetUtcNow() - state.InFlightSince < _patience)
        {
            throw new NotNowException($"A request of {key.PartitionKey} under way may have caused the event.", LookAgain);
        }

        return await store.HasTraceAsync(key, trace, cancellationToken);
    }

    private async Task<bool> IsByHandlerAsync(
        long accountId, WebhookEvent e, WriteTarget target, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (TraceOf(e, target) is not { } trace
            || !await _kinds.MayHaveCausedAsync(
                (accountId, target.Kind), receivedAt, time.GetUtcNow(), () => direct.HasAnyAsync(accountId, target.Kind, cancellationToken)))
        {
            return false;
        }

        // The marks first: traces are left before they go.
        var since = await direct.UnderWaySinceAsync(accountId, target, time.GetUtcNow() - _patience, cancellationToken);
        if (since <= receivedAt + ClockTolerance)
        {
            throw new NotNowException($"A request of a handler under way for account {accountId} may have caused the event.", LookAgain);
        }

        return await direct.HasTraceAsync(accountId, target, trace, cancellationToken);
    }

    /// <summary>A change that tells no time cannot be told from another change.</summary>
    private static WriteTrace? TraceOf(WebhookEvent e, WriteTarget target) => target.Id is { } changed
        ? EventTime.OfChange(e) is { } at ? WriteTrace.ThatCaused(e, changed, at) : null
        : WriteTrace.OfMade(long.Parse(EntityName.Of(e)!.Value.Id, System.Globalization.CultureInfo.InvariantCulture), e.Action);

    /// <summary>A change may be shown as made by the user who allowed the integration; any other user is a person.</summary>
    private async ValueTask<bool> IsByPersonAsync(long accountId, WebhookEvent e, CancellationToken cancellationToken) =>
        (e.Fields.GetInt64("modified_user_id") ?? e.Fields.GetInt64("modified_by")) is > 0 and var user
        && user != await (await sessions.GetAsync(accountId, cancellationToken)).GetUserIdAsync(cancellationToken);
}
