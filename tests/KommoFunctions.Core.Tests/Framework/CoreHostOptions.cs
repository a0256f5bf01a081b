using Kommo.Simulator;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>What a test wants of its <see cref="CoreHost"/>.</summary>
internal sealed class CoreHostOptions
{
    /// <summary>Settings over the defaults, without the prefix <c>KommoFunctions:</c>.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>The clock of the core; the emulators keep the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The handlers.</summary>
    public Action<KommoFunctionsBuilder> Handlers { get; set; } = builder => builder.AddHandler<LeadAddedHandler>();

    /// <summary>How the simulated account behaves.</summary>
    public Action<KommoSimulatorOptions> Kommo { get; set; } = _ => { };

    /// <summary>How long the vault takes to delete or to recover a secret.</summary>
    public TimeSpan VaultTransition { get; set; }

    /// <summary>Whether the account is connected from the start: its row and its tokens are there.</summary>
    public bool Connected { get; set; } = true;
}
