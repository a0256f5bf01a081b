using Spectre.Console;

namespace KommoFunctions.Local;

/// <summary>Writes each step as a line, at once.</summary>
internal sealed class ConsoleProgress : IProgress<string>
{
    public void Report(string value) => AnsiConsole.MarkupLineInterpolated($"[grey]·[/] {value}");
}
