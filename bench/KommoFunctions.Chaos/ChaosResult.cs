using System.Globalization;
using Spectre.Console;

namespace KommoFunctions.Chaos;

/// <summary>What a run counted, from outside the app.</summary>
internal sealed record ChaosResult
{
    public required int Seed { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required int Leads { get; init; }

    /// <summary>Leads whose hook was answered 2xx at least once.</summary>
    public required int Acknowledged { get; init; }

    public required long HookAttempts { get; init; }

    public required int Kills { get; init; }

    /// <summary>How often each kind of trouble was caused.</summary>
    public required IReadOnlyDictionary<string, int> Troubles { get; init; }

    /// <summary>Acknowledged leads without their task, or without their note.</summary>
    public required int Missing { get; init; }

    /// <summary>Leads with a second task or a second note.</summary>
    public required int Doubled { get; init; }

    /// <summary>What is left in a queue or in the outbox when nothing moves any more.</summary>
    public required int Left { get; init; }

    /// <summary>Dead letters by reason, before they were replayed.</summary>
    public required IReadOnlyDictionary<string, int> DeadLetters { get; init; }

    /// <summary>Dead letters after each was replayed once, with Kommo and storage in order.</summary>
    public required int DeadForGood { get; init; }

    /// <summary>The most requests in any second, over the accounts, counted by Kommo.</summary>
    public required int BusiestWindow { get; init; }

    /// <summary>Requests that Kommo refused for being too many; those that the run asked it to refuse aside.</summary>
    public required long Refused { get; init; }

    public bool IsRight => Missing == 0 && Doubled == 0 && Left == 0 && DeadForGood == 0 && BusiestWindow <= 7 && Refused == 0 && Acknowledged > 0;

    public void Print(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Counted").AddColumn(new TableColumn("Result").RightAligned());
        table.AddRow("Leads (hooks acknowledged)", $"{Number(Leads)} ({Number(Acknowledged)})");
        table.AddRow("Attempts to deliver hooks", Number(HookAttempts));
        table.AddRow("Processes killed", Number(Kills));
        foreach (var (trouble, count) in Troubles.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            table.AddRow($"Trouble: {trouble}", Number(count));
        }

        table.AddRow("Effects missing", Number(Missing));
        table.AddRow("Effects doubled", Number(Doubled));
        table.AddRow("Work left over", Number(Left));
        table.AddRow(
            "Dead letters, replayed when all was well again",
            DeadLetters.Count == 0 ? "0" : string.Join(", ", DeadLetters.Select(pair => $"{pair.Key}: {Number(pair.Value)}")));
        table.AddRow("Dead letters after that", Number(DeadForGood));
        table.AddRow("Busiest 1-second window of an account (limit 7)", Number(BusiestWindow));
        table.AddRow("Requests above the limit", Number(Refused));
        table.AddRow("Time", $"{Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s");
        console.Write(table);
        output.WriteLine(IsRight
            ? "Right: each acknowledged hook had its effects, once."
            : $"Wrong. Repeat the run's choices with --seed {Seed}; --log keeps what the app says.");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
