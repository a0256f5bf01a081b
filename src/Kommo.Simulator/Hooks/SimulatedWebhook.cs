namespace Kommo.Simulator;

/// <summary>A webhook subscription of the account.</summary>
public sealed record SimulatedWebhook
{
    /// <summary>The id within the account.</summary>
    public long Id { get; init; }

    /// <summary>Where hooks are sent; subscriptions are told apart by it.</summary>
    public string Destination { get; init; } = "";

    /// <summary>The events asked for, as <c>add_lead</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The place in the list of the account's pages.</summary>
    public long Sort { get; init; } = 1;

    /// <summary>Whether Kommo stopped sending after too many bad answers.</summary>
    public bool Disabled { get; init; }

    /// <summary>The user who made it.</summary>
    public long CreatedBy { get; init; }

    /// <summary>When it was made, unix seconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it was changed last, unix seconds.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>The instants of the latest bad answers, unix milliseconds, oldest first; no more than the rule needs.</summary>
    public IReadOnlyList<long> BadAnswers { get; init; } = [];
}
