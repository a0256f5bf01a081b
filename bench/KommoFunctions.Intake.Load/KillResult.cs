using System.Globalization;

namespace KommoFunctions.Intake.Load;

/// <summary>What became of the hooks.</summary>
/// <param name="Kills">How often the host was killed.</param>
/// <param name="Acknowledged">Hooks that were answered 200.</param>
/// <param name="Broken">Requests that got no 200.</param>
/// <param name="Queued">Different hooks in the queue: those that were acknowledged, and some whose answer was cut off.</param>
/// <param name="Lost">Hooks that were acknowledged and are not in the queue.</param>
internal sealed record KillResult(int Kills, int Acknowledged, long Broken, int Queued, int Lost)
{
    /// <summary>Prints the result; returns the exit code.</summary>
    public int Print(TextWriter writer)
    {
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills, {Acknowledged:N0} hooks acknowledged, {Queued:N0} in the queue, {Broken:N0} requests broken off or refused, {Lost} acknowledged hooks lost."));
        return Lost == 0 && Acknowledged > 0 ? 0 : 1;
    }
}
