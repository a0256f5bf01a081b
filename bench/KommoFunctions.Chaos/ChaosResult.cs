using KommoFunctions.Bench;
using Spectre.Console;

namespace KommoFunctions.Chaos;

/// <summary>What a run counted, from outside the app.</summary>
internal sealed record ChaosResult
{
    public int Seed { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>How long it took until nothing was left to do, once all was well again.</summary>
    public TimeSpan Settling { get; init; }

    public int Leads { get; init; }

    /// <summary>What the app was told to do with a creation whose answer was lost; null is its default, which is to check.</summary>
    public InDoubtMode? InDoubt { get; init; }

    /// <summary>Hooks that were answered 2xx at least once.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Acknowledged hooks of which some lead lacks an effect.</summary>
    public required int NotProcessed { get; init; }

    public required long HookAttempts { get; init; }

    /// <summary>Attempts to deliver a hook that a process answered 4xx.</summary>
    public required long HooksRefused { get; init; }

    public int Kills { get; init; }

    /// <summary>How often each kind of trouble was caused.</summary>
    public IReadOnlyDictionary<string, int> Troubles { get; init; } = new Dictionary<string, int>();

    /// <summary>Tasks and notes that acknowledged leads lack.</summary>
    public required int Missing { get; init; }

    /// <summary>Tasks and notes beyond the one of each that a lead is to have.</summary>
    public required int Doubled { get; init; }

    /// <summary>What is left in a queue or a table of waiting work when nothing moves any more, by place.</summary>
    public required IReadOnlyDictionary<string, int> Left { get; init; }

    /// <summary>Accounts that are suspended still, though Kommo serves them.</summary>
    public required int Suspended { get; init; }

    /// <summary>Dead letters by reason, before they were replayed.</summary>
    public IReadOnlyDictionary<string, int> DeadLetters { get; init; } = new Dictionary<string, int>();

    /// <summary>Dead letters after each was replayed once, with Kommo and storage in order.</summary>
    public required int DeadForGood { get; init; }

    /// <summary>The most requests in any second, over the accounts, counted by Kommo.</summary>
    public required int BusiestWindow { get; init; }

    /// <summary>Requests that Kommo refused for being too many; those that the run asked it to refuse aside.</summary>
    public required long Refused { get; init; }

    /// <summary>Nothing may be doubled where the app looks before it repeats; where it was told not to, the number is only printed.</summary>
    public bool IsRight => NotProcessed == 0 && Missing == 0 && HooksRefused == 0 && Left.Count == 0 && Suspended == 0 && DeadForGood == 0 && BusiestWindow <= 7 && Refused == 0 && Acknowledged > 0
        && (Doubled == 0 || InDoubt is InDoubtMode.Repeat or InDoubtMode.SetAside);

    public void Print(TextWriter output)
    {
        var table = Figures.Table("Counted", "Result");
        table.AddRow("Leads (hooks acknowledged)", $"{Figures.Text(Leads)} ({Figures.Text(Acknowledged)})");
        table.AddRow("Attempts to deliver hooks", Figures.Text(HookAttempts));
        table.AddRow("Processes killed", Figures.Text(Kills));
        foreach (var (trouble, count) in Troubles.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            table.AddRow($"Trouble: {trouble}", Figures.Text(count));
        }

        table.AddRow("Hooks refused (4xx)", Figures.Text(HooksRefused));
        table.AddRow("Acknowledged hooks not processed", Figures.Text(NotProcessed));
        table.AddRow("Effects missing", Figures.Text(Missing));
        table.AddRow($"Effects doubled (in doubt: {InDoubt ?? InDoubtMode.Check})", Figures.Text(Doubled));
        table.AddRow("Work neither done, waiting nor dead-lettered", Text(Left));
        table.AddRow("Accounts still suspended", Figures.Text(Suspended));
        table.AddRow("Dead letters, replayed when all was well again", Text(DeadLetters));
        table.AddRow("Dead letters after that", Figures.Text(DeadForGood));
        table.AddRow("Busiest 1-second window of an account (limit 7)", Figures.Text(BusiestWindow));
        table.AddRow("Requests above the limit", Figures.Text(Refused));
        table.AddRow("Time (of it, after the last trouble)", $"{Figures.Seconds(Elapsed)} ({Figures.Seconds(Settling)})");
        output.WriteTable(table);
        output.WriteLine(IsRight
            ? $"Right: each acknowledged hook had its effects{(Doubled == 0 ? ", once" : "")}. Seed {Seed}."
            : $"Wrong. Repeat the run's choices with --seed {Seed}; --log keeps what the app says.");
    }

    private static string Text(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? "0" : string.Join(", ", counts.Select(pair => $"{pair.Key}: {Figures.Text(pair.Value)}"));
}
