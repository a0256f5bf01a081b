namespace TableRateLimiting.Machine;

/// <summary>Sees to slots that are not used: counts them, and gives them back.</summary>
internal sealed class SlotReclaimer(LimiterContext context, PermitQueue queue, UnwrittenChanges changes, WaitEstimator estimator, FallbackShare fallback)
{
    /// <summary>Two conversions between the service's time and ours may differ by what the offset was corrected in between.</summary>
    private const long ConversionSlack = 20 * TimeSpan.TicksPerMillisecond;

    /// <summary>A slot this near is left for a caller of this process that may still come: giving it back takes time too.</summary>
    private const long Near = 50 * TimeSpan.TicksPerMillisecond;

    /// <summary>Whether what was granted may be used now.</summary>
    public bool Usable(PermitOutcome outcome) => outcome.Freezes == context.Moment.Freezes && context.Now <= outcome.Slot.UsableUntil;

    /// <summary>Whether the slot lies in a pause.</summary>
    public bool Paused(Slot slot) => slot.Instant + ConversionSlack < estimator.PausedUntil;

    /// <summary>A slot was not used, and will not be.</summary>
    public void Void(Slot slot)
    {
        if (slot.Spare)
        {
            context.Congestion.SpareLost();
        }

        context.Metrics.Voided(slot.Permits);
        if (!fallback.Active)
        {
            changes.Return(slot.Grant, slot.Permits);
        }
    }

    /// <summary>Takes slots out of the queue.</summary>
    public IReadOnlyList<Slot> Drop(Predicate<Slot> which)
    {
        var dropped = queue.Drop(which);
        dropped.ForEach(Void);
        return dropped;
    }

    /// <summary>Takes back what is booked before the end of a pause.</summary>
    public void DropPaused()
    {
        if (estimator.PausedUntil > context.Now)
        {
            Drop(Paused);
        }
    }

    /// <summary>Gives back what nobody here waits for and others can still use.</summary>
    /// <returns>Whether there was any.</returns>
    public bool ReturnSurplus()
    {
        var soon = context.Now + (4 * context.Lead.Current) + Near;
        var surplus = fallback.Active ? [] : queue.Surplus(context.Now).FindAll(slot => slot.Instant > soon);
        foreach (var slot in surplus)
        {
            queue.Take(slot);
            Void(slot);
        }

        return surplus.Count > 0;
    }
}
