namespace Kommo.Simulator.Entities;

/// <summary>The entities as the state file keeps them.</summary>
internal sealed record EntityState
{
    public IReadOnlyList<SimulatedLead> Leads { get; init; } = [];

    public IReadOnlyList<SimulatedContact> Contacts { get; init; } = [];

    public IReadOnlyList<SimulatedCompany> Companies { get; init; } = [];

    public IReadOnlyList<SimulatedTask> Tasks { get; init; } = [];

    public IReadOnlyList<SimulatedNote> Notes { get; init; } = [];

    public IReadOnlyList<SimulatedTag> LeadTags { get; init; } = [];

    public IReadOnlyList<SimulatedTag> ContactTags { get; init; } = [];

    public IReadOnlyList<SimulatedTag> CompanyTags { get; init; } = [];

    public IdCounters Counters { get; init; } = new();
}

/// <summary>The last id given out of each kind; contacts and companies share one row of numbers, as in Kommo.</summary>
internal sealed record IdCounters
{
    public long Lead { get; init; } = 10_000_000;

    public long Person { get; init; } = 20_000_000;

    public long Task { get; init; } = 40_000_000;

    public long Note { get; init; } = 50_000_000;

    public long Tag { get; init; } = 60_000;
}
