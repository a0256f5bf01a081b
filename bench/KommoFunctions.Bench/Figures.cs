using System.Globalization;
using Spectre.Console;

namespace KommoFunctions.Bench;

/// <summary>How figures are worked out and written.</summary>
internal static class Figures
{
    public static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Text(double value, int digits = 1) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);

    public static string Milliseconds(TimeSpan time) => $"{Text(time.TotalMilliseconds, 0)} ms";

    public static string Seconds(TimeSpan time) => $"{Text(time.TotalSeconds)} s";

    /// <summary>The value that so large a share of the values does not exceed.</summary>
    /// <param name="values">The values, in any order; at least one.</param>
    /// <param name="share">From 0 to 1.</param>
    public static TimeSpan Quantile(IReadOnlyCollection<TimeSpan> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>A table whose first column is text and whose others are figures.</summary>
    public static Table Table(string first, params IReadOnlyList<string> columns)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(first);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    /// <summary>Writes a table to a writer, as wide as it needs to be.</summary>
    public static void WriteTable(this TextWriter output, Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Math.Max(console.Profile.Width, 120);
        console.Write(table);
    }
}
