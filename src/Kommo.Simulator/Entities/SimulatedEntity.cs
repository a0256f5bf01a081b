namespace Kommo.Simulator;

/// <summary>What leads, contacts and companies share. Instants are unix seconds, as in the API.</summary>
public abstract record SimulatedEntity
{
    /// <summary>The id within the account.</summary>
    public long Id { get; init; }

    /// <summary>The name; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The user in charge.</summary>
    public long ResponsibleUserId { get; init; }

    /// <summary>The user who made it; 0 is the robot.</summary>
    public long CreatedBy { get; init; }

    /// <summary>The user who changed it last; 0 is the robot.</summary>
    public long UpdatedBy { get; init; }

    /// <summary>When it was made, unix seconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it was changed last, unix seconds.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>Whether it lies in the bin.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The custom fields that have a value.</summary>
    public IReadOnlyList<SimulatedFieldValue> Fields { get; init; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<SimulatedTag> Tags { get; init; } = [];

    /// <summary>The list elements linked to it.</summary>
    public IReadOnlyList<SimulatedElementLink> Elements { get; init; } = [];

    internal abstract EntityKind Kind { get; }

    internal virtual IReadOnlyList<long> LinkedContacts => [];

    internal virtual long? LinkedCompany => null;
}
