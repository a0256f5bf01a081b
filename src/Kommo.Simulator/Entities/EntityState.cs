using Kommo.Simulator.Accounts;
using Kommo.Simulator.Events;

namespace Kommo.Simulator.Entities;

/// <summary>The entities as the state file keeps them.</summary>
internal sealed record EntityState
{
    public IReadOnlyList<SimulatedLead> Leads { get; init; } = [];

    public IReadOnlyList<SimulatedContact> Contacts { get; init; } = [];

    public IReadOnlyList<SimulatedCompany> Companies { get; init; } = [];

    public IReadOnlyList<SimulatedCustomer> Customers { get; init; } = [];

    public IReadOnlyList<SimulatedTask> Tasks { get; init; } = [];

    public IReadOnlyList<SimulatedNote> Notes { get; init; } = [];

    public IReadOnlyList<Pipeline> Pipelines { get; init; } = [];

    public IReadOnlyList<SimulatedEvent> Events { get; init; } = [];

    public IReadOnlyList<SimulatedTag> LeadTags { get; init; } = [];

    public IReadOnlyList<SimulatedTag> ContactTags { get; init; } = [];

    public IReadOnlyList<SimulatedTag> CompanyTags { get; init; } = [];

    public IReadOnlyList<SimulatedTag> CustomerTags { get; init; } = [];

    public IdCounters Counters { get; init; } = new();
}

/// <summary>The last id given out of each kind; contacts and companies share one row of numbers, as in Kommo.</summary>
internal sealed record IdCounters
{
    public long Lead { get; init; } = 10_000_000;

    public long Person { get; init; } = 20_000_000;

    public long Customer { get; init; } = 30_000_000;

    public long Pipeline { get; init; } = 51_000_000;

    public long Task { get; init; } = 40_000_000;

    public long Note { get; init; } = 50_000_000;

    public long Tag { get; init; } = 60_000;
}
