using System.Globalization;
using Spectre.Console;

namespace KommoFunctions.Local.Demo;

/// <summary>Prints a run's figures and the verdict.</summary>
internal static class DemoReport
{
    public static void Print(IAnsiConsole console, DemoOptions options, DemoResult result)
    {
        var hooks = result.Statistics.Hooks;
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Counted").AddColumn(new TableColumn("Result").RightAligned());
        table.AddRow("Leads created", Number(result.Leads));
        table.AddRow("Hooks sent (extra copies)", $"{Number(hooks.Sent)} ({Number(hooks.ExtraDeliveries)})");
        table.AddRow("Hooks acknowledged (attempts that failed)", $"{Number(hooks.Acknowledged)} ({Number(hooks.FailedAttempts)})");
        table.AddRow("First acknowledgement after start", Milliseconds(hooks.FirstAcknowledgement));
        table.AddRow("Slowest acknowledgement (Kommo allows 2,000 ms)", Milliseconds(hooks.SlowestAcknowledgement));
        table.AddRow("Events", Number(result.Events));
        table.AddRow("Duplicates dropped", Number(result.Duplicates));
        table.AddRow("Tasks made", Number(result.Statistics.Tasks));
        table.AddRow("Notes made", Number(result.Statistics.Notes));
        table.AddRow("Requests to Kommo", Number(result.Statistics.Requests));
        table.AddRow("Answers 429", Number(result.Statistics.Refused));
        table.AddRow($"Busiest 1-second window at Kommo's side (limit {DemoResult.Limit})", Number(result.Statistics.BusiestWindow));
        table.AddRow("Lost (leads without task or note)", Number(result.Missing));
        table.AddRow("Twice (leads with more than one)", Number(result.Doubled));
        table.AddRow("Dead letters", Number(result.DeadLetters));
        table.AddRow("Storage round trips", Number(result.StorageRoundTrips));
        table.AddRow("Vault round trips", Number(result.VaultRoundTrips));
        table.AddRow("Time", $"{result.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        console.Write(table);
        console.MarkupLine(result.IsRight
            ? "[green]Right[/]: every lead has exactly one task and one note, and Kommo's limit was kept."
            : "[red]Wrong[/]: see the table; run again with --verbose for the app's log.");
        if (options.Restart)
        {
            console.MarkupLine("The app was killed (SIGKILL) half way and started again.");
        }
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan? time) =>
        time is { } value ? value.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture) + " ms" : "none";
}
