namespace TableRateLimiting.Grants;

/// <summary>
/// One permit as the receiver may see it: its use arrives neither before <see cref="From"/> nor after <see cref="Until"/>. The width is the
/// grant's share of the margin: what its process does not know of the time, how late its caller may wake, how long its request may travel.
/// </summary>
internal readonly record struct Grant(long From, long Until, bool Background = false);

/// <summary>How wide a grant is around the instant it is used at, and how late after that instant it may still be used.</summary>
internal readonly record struct GrantShape(long Before, long After, long Tolerance)
{
    public long Width => Before + After;
}

/// <summary>Permits wanted at one instant: not before one, and of no use after another.</summary>
internal readonly record struct Demand(int Permits, long Deadline, long NotBefore = long.MinValue, bool Background = false);

/// <summary>What became of one <see cref="Demand"/>: booked at the instant, as this grant, or too late for it and left out.</summary>
internal readonly record struct Place(long Instant, bool Booked, Grant Grant);
