namespace Kommo.Simulator;

/// <summary>A customer as the account holds it.</summary>
public sealed record SimulatedCustomer : SimulatedEntity
{
    /// <summary>What the next purchase is expected to bring, in whole units of the account's currency.</summary>
    public long NextPrice { get; init; }

    /// <summary>When the next purchase is expected, unix seconds.</summary>
    public long? NextDate { get; init; }

    /// <summary>The status, where customers are worked by periods.</summary>
    public long? StatusId { get; init; }

    /// <summary>The days between purchases.</summary>
    public long? Periodicity { get; init; }

    /// <summary>The bonus points.</summary>
    public long BonusPoints { get; init; }

    /// <summary>What the purchases brought, in whole units of the account's currency.</summary>
    public long Ltv { get; init; }

    /// <summary>How many purchases there were.</summary>
    public long PurchasesCount { get; init; }

    /// <summary>The segments.</summary>
    public IReadOnlyList<long> SegmentIds { get; init; } = [];

    /// <summary>The contacts, the main one first.</summary>
    public IReadOnlyList<long> ContactIds { get; init; } = [];

    /// <summary>The company.</summary>
    public long? CompanyId { get; init; }

    internal override EntityKind Kind => EntityKind.Customer;

    internal override IReadOnlyList<long> LinkedContacts => ContactIds;

    internal override long? LinkedCompany => CompanyId;
}
