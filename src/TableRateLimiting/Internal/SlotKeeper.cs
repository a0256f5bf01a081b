namespace TableRateLimiting.Internal;

/// <summary>Sees to slots that are not used: counts them, and gives them back. The gate is held.</summary>
internal sealed class SlotKeeper(LimiterParts parts, WaitQueue queue, BookingDesk desk)
{
    /// <summary>Two conversions between the service's time and ours may differ by what the offset was corrected in between.</summary>
    private const long ConversionSlack = 20 * TimeSpan.TicksPerMillisecond;

    /// <summary>A slot this near is left for a caller of this process that may still come: giving it back takes time too.</summary>
    private const long Near = 50 * TimeSpan.TicksPerMillisecond;

    /// <summary>Whether the slot may be used now.</summary>
    public bool Usable(Verdict verdict, long now) => verdict.Freezes == parts.Clock.Freezes && now <= verdict.Slot.UsableUntil;

    /// <summary>Whether the slot lies in a pause.</summary>
    public bool Paused(Slot slot) => slot.Instant + ConversionSlack < desk.PausedUntil;

    /// <summary>A slot was not used, and will not be.</summary>
    public void Void(Slot slot)
    {
        if (slot.Spare)
        {
            parts.Congestion.SpareLost();
        }

        parts.Metrics.Voided(slot.Permits);
        desk.Return(slot);
    }

    /// <summary>Takes slots out of the queue.</summary>
    public void Drop(Predicate<Slot> which) => queue.Drop(which).ForEach(Void);

    /// <summary>Takes back what is booked before the end of a pause.</summary>
    public void DropPaused()
    {
        if (desk.PausedUntil > parts.Clock.Elapsed)
        {
            Drop(Paused);
        }
    }

    /// <summary>Gives back what nobody here waits for and others can still use.</summary>
    /// <returns>Whether there was any.</returns>
    public bool GiveBackSurplus(long now)
    {
        var soon = now + (4 * parts.Lead.Current) + Near;
        var surplus = desk.FallenBack ? [] : queue.Surplus(now).FindAll(slot => slot.Instant > soon);
        foreach (var slot in surplus)
        {
            queue.Take(slot);
            Void(slot);
        }

        return surplus.Count > 0;
    }
}
