using Kommo.Simulator;

namespace KommoFunctions.Bench;

/// <summary>What a run wants of its <see cref="BenchSurroundings"/>.</summary>
internal sealed record BenchOptions
{
    /// <summary>Where the app listens, and Kommo sends its hooks.</summary>
    public required Uri Address { get; init; }

    public int Accounts { get; init; } = 1;

    /// <summary>By account, how many leads it has before it is connected: no hook tells of them, so that a run can send its own. Default none.</summary>
    public IReadOnlyList<int> LeadsBefore { get; init; } = [];

    /// <summary>Whether the app reaches storage, the vault and Kommo by ways that can be disturbed.</summary>
    public bool Disturbable { get; init; }

    /// <summary>The seed of what storage's proxy decides by chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Settings of the app over those that connect it to its surroundings.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>How the simulated accounts behave. Default: after a 429, which a run counts as a failure, it need not wait five minutes.</summary>
    public Action<KommoSimulatorOptions> Kommo { get; init; } = kommo => kommo.RetryAfter = TimeSpan.FromSeconds(1);
}
