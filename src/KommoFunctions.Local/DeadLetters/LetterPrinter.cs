using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace KommoFunctions.Local.DeadLetters;

/// <summary>Writes dead letters for a person, or as the app's JSON.</summary>
internal sealed class LetterPrinter
{
    private static readonly string[] Subject = ["kind", "entity", "action", "entityId"];

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _output;
    private readonly bool _json;
    private readonly IAnsiConsole _console;

    public LetterPrinter(TextWriter output, bool json)
    {
        _output = output;
        _json = json;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe has no width: lines are not broken there.
            _console.Profile.Width = 240;
        }
    }

    public void List(IReadOnlyList<JsonElement> items, bool isMore)
    {
        if (_json)
        {
            Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    item.WriteTo(writer);
                }

                writer.WriteEndArray();
            });
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        // The id is there to be copied, so it is not broken.
        table.AddColumn("Account").AddColumn(new TableColumn("Id").NoWrap());
        table.AddColumns("Reason", "From", "About", "Given up (UTC)", "Tries", "Last error");
        foreach (var item in items)
        {
            string[] cells =
            [
                Text(item, "accountId"),
                Text(item, "id"),
                Text(item, "reason") + (item.GetProperty("underWay").GetBoolean() ? " (under way again)" : string.Empty),
                Text(item, "source"),
                About(item),
                Time(item, "diedAt"),
                Text(item, "attempts"),
                Text(item, "lastError"),
            ];
            // As texts: brackets in an error are no markup.
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        if (items.Count > 0)
        {
            _console.Write(table);
        }

        _console.WriteLine(items.Count == 0 ? "No dead letters." : isMore ? $"{items.Count} shown, there are more: narrow the filter, or raise --limit." : $"{items.Count} shown, that is all.");
    }

    public void Show(JsonElement item)
    {
        if (_json)
        {
            Json(item.WriteTo);
            return;
        }

        var grid = new Grid().AddColumn().AddColumn();
        foreach (var (name, value) in new[]
        {
            ("Account", Text(item, "accountId")), ("Id", Text(item, "id")), ("From", Text(item, "source")), ("About", About(item)),
            ("Reason", Text(item, "reason")), ("To do", Text(item, "toDo")), ("Received (UTC)", Time(item, "receivedAt")),
            ("Given up (UTC)", Time(item, "diedAt")), ("Attempts, replays, edits", $"{Text(item, "attempts")}, {Text(item, "replays")}, {Text(item, "edits")}"),
            ("First error", Text(item, "firstError")), ("Last error", Text(item, "lastError")),
        })
        {
            grid.AddRow(new Text(name), new Text(value));
        }

        foreach (var death in item.GetProperty("deaths").EnumerateArray())
        {
            grid.AddRow(new Text(Time(death, "at")), new Text($"{Text(death, "reason")} after {Text(death, "attempts")} attempts: {Text(death, "error")}"));
        }

        _console.Write(grid);
        Body("Body", item.GetProperty("body"));
        if (item.TryGetProperty("originalBody", out var original))
        {
            Body("Body before it was edited", original);
        }
    }

    /// <summary>What was done, with one or with many.</summary>
    public void Done(JsonElement answer, string sentence)
    {
        if (_json)
        {
            Json(answer.WriteTo);
        }
        else
        {
            _output.WriteLine(sentence);
        }
    }

    private void Body(string title, JsonElement body)
    {
        _console.WriteLine();
        _console.WriteLine($"{title}{(Text(body, "encoding") == "base64" ? " (base64)" : string.Empty)}:");
        if (Text(body, "problem") is { Length: > 0 } problem)
        {
            _console.WriteLine(problem);
        }

        // Whole, whatever the terminal's width: it is there to be copied.
        _output.WriteLine(Text(body, "text"));
    }

    private void Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            write(writer);
        }

        _output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static string About(JsonElement item)
    {
        if (!item.TryGetProperty("subject", out var subject))
        {
            return "?";
        }

        var events = subject.GetProperty("events").GetInt32();
        return string.Join(' ', Subject.Select(name => Text(subject, name)).Where(text => text.Length > 0))
            + (events > 1 ? $" and {events - 1} more" : string.Empty);
    }

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.ToString() : string.Empty;

    private static string Time(JsonElement item, string name) => item.TryGetProperty(name, out var value)
        ? value.GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : string.Empty;
}
