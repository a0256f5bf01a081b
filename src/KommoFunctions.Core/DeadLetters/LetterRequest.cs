using System.Globalization;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;

namespace KommoFunctions.DeadLetters;

/// <summary>What an operator asks for: which dead letters, from where on, and how many.</summary>
internal sealed record LetterRequest(LetterFilter Filter, LetterCursor? After, int Limit)
{
    /// <summary>The names of all values, as they stand in a query or in a JSON body.</summary>
    public static readonly string[] Names = ["account", "reason", "source", "from", "to", "limit", "continue", "all"];

    private const string TimeShape = "a day or a time in UTC, such as 2026-01-31 or 2026-01-31T08:30:00Z";

    /// <summary>Reads the values.</summary>
    /// <param name="value">Gives a value by its name; null or empty for one that is not there.</param>
    /// <param name="usual">The number of items when nothing is said of it.</param>
    /// <param name="most">The largest number of items.</param>
    /// <exception cref="FormatException">A value is wrong; the message says which one, and what it should be.</exception>
    public static LetterRequest Read(Func<string, string?> value, int usual, int most)
    {
        return new LetterRequest(
            new LetterFilter(
                Find("account", Account, "a whole number, such as 30000001"),
                FindText("reason", DeadLetterReasons.All.Contains, $"one of {string.Join(", ", DeadLetterReasons.All)}"),
                FindText("source", IsSource, $"one of {string.Join(", ", QueueNames.All)}, {LetterFilter.WholeOutbox}, or a command route such as outbox:tasks.create"),
                Find("from", Time, TimeShape),
                Find("to", Time, TimeShape)),
            Find("continue", Cursor, "the value of 'continue' in the answer before, unchanged"),
            Find("limit", text => Number(text, most), $"a whole number from 1 to {most}") ?? usual);

        T? Find<T>(string name, Func<string, T?> read, string shape)
            where T : struct => value(name) is { Length: > 0 } text ? read(text) ?? throw Wrong(name, shape) : null;

        string? FindText(string name, Func<string, bool> isRight, string shape) =>
            value(name) is not { Length: > 0 } text ? null : isRight(text) ? text : throw Wrong(name, shape);
    }

    private static FormatException Wrong(string name, string shape) => new($"'{name}' should be {shape}.");

    private static long? Account(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;

    private static LetterCursor? Cursor(string text) => LetterCursor.TryParse(text, out var cursor) ? cursor : null;

    private static bool IsSource(string text) =>
        QueueNames.All.Contains(text) || text == LetterFilter.WholeOutbox || (RefusedCommands.IsSource(text) && RefusedCommands.LaneOf(text).Length > 0);

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
