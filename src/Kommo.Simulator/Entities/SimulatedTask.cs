namespace Kommo.Simulator;

/// <summary>A task as the account holds it. Instants are unix seconds.</summary>
public sealed record SimulatedTask
{
    /// <summary>The id within the account.</summary>
    public long Id { get; init; }

    /// <summary>What has to be done.</summary>
    public string Text { get; init; } = "";

    /// <summary>1 follow-up, 2 meeting, own types from 3.</summary>
    public long TaskTypeId { get; init; } = 1;

    /// <summary>When it is due, unix seconds.</summary>
    public long CompleteTill { get; init; }

    /// <summary>How long it takes, in seconds.</summary>
    public long Duration { get; init; }

    /// <summary>What it hangs on, if on anything.</summary>
    public EntityKind? EntityKind { get; init; }

    /// <summary>The id of what it hangs on.</summary>
    public long? EntityId { get; init; }

    /// <summary>Whether it is done.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>The result's text; null without a result.</summary>
    public string? ResultText { get; init; }

    /// <summary>The user in charge.</summary>
    public long ResponsibleUserId { get; init; }

    /// <summary>The user who made it.</summary>
    public long CreatedBy { get; init; }

    /// <summary>The user who changed it last.</summary>
    public long UpdatedBy { get; init; }

    /// <summary>When it was made, unix seconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it was changed last, unix seconds.</summary>
    public long UpdatedAt { get; init; }
}
