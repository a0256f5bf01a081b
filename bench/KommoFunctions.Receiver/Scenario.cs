namespace KommoFunctions.Receiver;

/// <summary>What goes on in one run.</summary>
/// <param name="HandshakeMilliseconds">How much longer a new connection takes.</param>
/// <param name="VaultMilliseconds">How long the vault takes to answer.</param>
/// <param name="Processes">How many processes call.</param>
/// <param name="Warm">Whether they have called before.</param>
/// <param name="Bursts">Whether they call in bursts with quiet between them, rather than as fast as they may.</param>
/// <param name="Closing">Whether connections are closed at random, also instead of an answer.</param>
/// <param name="WrongClocks">Whether the processes' clocks are up to 20 seconds wrong, each in its own way.</param>
/// <param name="Starved">Whether each process computes on all processors all the time.</param>
internal sealed record Scenario(
    int HandshakeMilliseconds, int VaultMilliseconds, int Processes, bool Warm, bool Bursts, bool Closing, bool WrongClocks, bool Starved)
{
    private static readonly int[] Handshakes = [0, 50, 150, 400];
    private static readonly int[] Vaults = [0, 100, 2000];
    private static readonly int[] Counts = [1, 4, 8];
    private static readonly int[] Sizes = [Handshakes.Length, Vaults.Length, Counts.Length, 2, 2, 2, 2, 2];

    /// <summary>So many that every two circumstances meet at least once.</summary>
    public static IReadOnlyList<Scenario> Pairwise() => [.. Pairs.Cover(Sizes).Select(Of)];

    /// <summary>The one of them all that goes wrong first.</summary>
    public static Scenario Short { get; } = new(150, 100, 2, Warm: false, Bursts: true, Closing: true, WrongClocks: true, Starved: false);

    public override string ToString() =>
        $"handshake {HandshakeMilliseconds,3} ms, vault {VaultMilliseconds,4} ms, {Processes} processes, {(Warm ? "warm" : "cold")}, {(Bursts ? "bursts" : "steady")}"
        + $"{(Closing ? ", closing" : "")}{(WrongClocks ? ", wrong clocks" : "")}{(Starved ? ", starved" : "")}";

    private static Scenario Of(int[] choice) => new(
        Handshakes[choice[0]], Vaults[choice[1]], Counts[choice[2]], choice[3] == 1, choice[4] == 1, choice[5] == 1, choice[6] == 1, choice[7] == 1);
}
