using System.Collections.Immutable;

namespace TableRateLimiting.Internal;

/// <summary>A waiter and what became of it: its slot, or when it would have had one.</summary>
internal readonly record struct Appointment(Waiter Waiter, bool Booked, Slot Slot);

/// <summary>What one swap booked, and what else it brought into the record.</summary>
/// <param name="Appointments">Who waits, and the place of each.</param>
/// <param name="Spares">Slots for callers still to come.</param>
/// <param name="Freezes"><see cref="StorageClock.Freezes"/> when it was booked: after another freeze the instants mean nothing.</param>
/// <param name="Reported">Grants given while storage was away.</param>
/// <param name="Pause">A pause that was not written yet.</param>
/// <param name="Returned">Grants that were not used.</param>
/// <param name="Full">Whether it and what counted before use up the limit.</param>
/// <param name="Wait">How long after the earliest instant that the swap allowed the first waiter is served.</param>
internal sealed record SharedBooking(
    IReadOnlyList<Appointment> Appointments,
    IReadOnlyList<Slot> Spares,
    int Freezes,
    ImmutableArray<Grant> Reported,
    ImmutableArray<Grant> Returned,
    long? Pause,
    bool Full,
    long Wait);
