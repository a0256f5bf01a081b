namespace Kommo.Simulator;

/// <summary>A lead as the account holds it.</summary>
public sealed record SimulatedLead : SimulatedEntity
{
    /// <summary>The budget, in whole units of the account's currency.</summary>
    public long Price { get; init; }

    /// <summary>The stage; 142 is won and 143 lost in every pipeline.</summary>
    public long StatusId { get; init; }

    /// <summary>The pipeline.</summary>
    public long PipelineId { get; init; }

    /// <summary>When it was won or lost, unix seconds.</summary>
    public long? ClosedAt { get; init; }

    /// <summary>Why it was lost.</summary>
    public long? LossReasonId { get; init; }

    /// <summary>The source that it came from.</summary>
    public long? SourceId { get; init; }

    /// <summary>Whether it still waits among the incoming leads, for somebody to accept it.</summary>
    public bool IsUnsorted { get; init; }

    /// <summary>The contacts, the main one first.</summary>
    public IReadOnlyList<long> ContactIds { get; init; } = [];

    /// <summary>The company.</summary>
    public long? CompanyId { get; init; }

    internal override EntityKind Kind => EntityKind.Lead;

    internal override IReadOnlyList<long> LinkedContacts => ContactIds;

    internal override long? LinkedCompany => CompanyId;
}
