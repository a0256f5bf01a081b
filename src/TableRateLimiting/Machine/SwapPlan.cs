namespace TableRateLimiting.Machine;

/// <summary>A request and what a swap has for it: its slot, or, too late for it, when it would have had one.</summary>
internal readonly record struct Reservation(QueuedRequest Request, bool Booked, Slot Slot);

/// <summary>What holds as soon as a swap is written.</summary>
/// <param name="Reservations">Who waited when it was made, and the place of each.</param>
/// <param name="Spares">Slots for callers still to come.</param>
/// <param name="Freezes"><see cref="Moment.Freezes"/> when it was made: after another freeze its instants mean nothing.</param>
/// <param name="Changes">What else it brings into the record.</param>
/// <param name="Full">Whether it and what counted before use up the limit.</param>
/// <param name="Wait">How long after the earliest instant that the swap allowed the first request is served.</param>
internal sealed record SwapPlan(
    IReadOnlyList<Reservation> Reservations, IReadOnlyList<Slot> Spares, int Freezes, RecordChanges Changes, bool Full, long Wait);
