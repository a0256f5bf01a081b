using KommoFunctions.DeadLetters;
using KommoFunctions.Holds;
using KommoFunctions.Outbox;

namespace KommoFunctions.Operations;

/// <summary>Looks up what of an account's work waits, and for what. Some dozen small questions to storage, for an operator who asks for one account.</summary>
internal sealed class AccountWork(HoldStore holds, OutboxStore outbox, Lanes lanes, DeadLetterStore letters)
{
    /// <summary>Nobody needs to know how many thousands there are, and a request counts as many.</summary>
    private const int CountedUpTo = 1_000;

    public async Task<AccountWorkView> ReadAsync(long accountId, CancellationToken cancellationToken)
    {
        var hold = holds.GetAsync(accountId, cancellationToken);
        var parked = holds.CountParkedAsync(accountId, CountedUpTo, cancellationToken);
        var dead = letters.CountAsync(accountId, CountedUpTo, cancellationToken);
        var waiting = await Task.WhenAll(lanes.Names.Select(name => ReadLaneAsync(new LaneKey(accountId, name), cancellationToken)));
        return new AccountWorkView(
            await hold is { } held ? new HoldView(held.Reason, held.Error, held.Since, held.LookAt) : null,
            await parked,
            [.. waiting.OfType<LaneView>()],
            await dead,
            CountedUpTo);
    }

    private async Task<LaneView?> ReadLaneAsync(LaneKey key, CancellationToken cancellationToken)
    {
        var (count, oldest) = await outbox.CountAsync(key, CountedUpTo, cancellationToken);
        if (oldest is null)
        {
            return null;
        }

        var state = await outbox.ReadStateAsync(key, cancellationToken);
        return new LaneView(key.Lane, count, oldest.Value, state.InFlight.Count > 0 ? state.InFlightSince : null);
    }
}
