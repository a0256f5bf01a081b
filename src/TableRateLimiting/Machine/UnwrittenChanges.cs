using System.Collections.Immutable;
using TableRateLimiting.Grants;

namespace TableRateLimiting.Machine;

/// <summary>What one swap brings into the record beside its reservations.</summary>
/// <param name="Reported">Grants given while storage was away, on this process's scale.</param>
/// <param name="Returned">Grants that were not used.</param>
/// <param name="Pause">The end of a pause, on this process's scale.</param>
/// <param name="Lift">Whether a pause that stands in the record is lifted.</param>
/// <param name="Requests">Who waits until the pause is written.</param>
internal sealed record RecordChanges(
    ImmutableArray<Grant> Reported, ImmutableArray<Grant> Returned, long? Pause, bool Lift, ImmutableArray<PauseRequest> Requests);

/// <summary>What this process knows and the record does not yet; every swap takes it along.</summary>
internal sealed class UnwrittenChanges
{
    private readonly List<Grant> _returned = [];
    private readonly List<PauseRequest> _requests = [];
    private ImmutableArray<Grant> _unreported = [];
    private bool _lift;

    /// <summary>The end of a pause, on this process's scale.</summary>
    public long? Pause { get; private set; }

    /// <summary>Whether a swap has to begin for them alone. Permits that were not used go along with the next one.</summary>
    public bool Urgent => Pause is not null || _requests.Count > 0 || _unreported.Length > 0;

    public void Return(Grant grant, int permits) => _returned.AddRange(Enumerable.Repeat(grant, permits));

    public void Report(ImmutableArray<Grant> grants) => _unreported = grants;

    /// <summary>A pause until then; a running one is only lengthened.</summary>
    public void PauseUntil(long until) => Pause = Math.Max(until, Pause ?? long.MinValue);

    /// <summary>Ends the pause.</summary>
    public void Lift() => (Pause, _lift) = (null, true);

    public void Await(PauseRequest request) => _requests.Add(request);

    public RecordChanges Snapshot() => new(_unreported, [.. _returned], Pause, _lift, [.. _requests]);

    /// <summary>Returned grants may be out of the record already, and an equal one may be another process's by now.</summary>
    public void ForgetReturned() => _returned.Clear();

    /// <summary>These are in the record now.</summary>
    public void Written(RecordChanges changes)
    {
        foreach (var returned in changes.Returned)
        {
            _returned.Remove(returned);
        }

        _unreported = _unreported == changes.Reported ? [] : _unreported;
        Pause = Pause == changes.Pause ? null : Pause;
        _lift &= !changes.Lift;
        _requests.RemoveAll(changes.Requests.Contains);
    }

    /// <summary>Storage is away. A pause is written when it is back; one that was to be lifted goes on.</summary>
    /// <returns>Who waited for it.</returns>
    public IReadOnlyList<PauseRequest> Abandon()
    {
        PauseRequest[] abandoned = [.. _requests];
        _requests.Clear();
        _returned.Clear();
        _lift = false;
        return abandoned;
    }
}
