using System.Diagnostics;
using System.Text.Json;

namespace KommoFunctions.Local.DeadLetters;

/// <summary>Does what a command says, and gives the process's exit code: 0 when all of it was done.</summary>
/// <param name="client">The app.</param>
/// <param name="printer">For results.</param>
/// <param name="progress">For what is said meanwhile, apart from the results.</param>
internal sealed class LetterCommandRun(LetterClient client, LetterPrinter printer, TextWriter progress)
{
    private const int PageSize = 200;

    public async Task<int> ListAsync(LetterSelection selection, int limit, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await client.ListAsync(selection, Math.Clamp(limit - items.Count, 1, PageSize), next, cancellationToken);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = Next(page);
        }
        while (next is not null && items.Count < limit);
        printer.List(items, isMore: next is not null);
        return 0;
    }

    public async Task<int> ShowAsync(LetterKey key, CancellationToken cancellationToken)
    {
        printer.Show(await client.ShowAsync(key, cancellationToken));
        return 0;
    }

    public async Task<int> EditAsync(LetterKey key, string? file, long? forAccount, string? etag, CancellationToken cancellationToken)
    {
        var seen = await client.ShowAsync(key, cancellationToken);
        var text = file switch
        {
            null => await EditByHandAsync(seen, cancellationToken),
            "-" => await Console.In.ReadToEndAsync(cancellationToken),
            _ => await ReadAsync(file, cancellationToken),
        };
        // An editor ends a text with a line break that no body has.
        var edited = await client.EditAsync(key, etag ?? VersionOf(seen), text.TrimEnd('\r', '\n'), forAccount, cancellationToken);
        printer.Show(edited);
        return 0;
    }

    public async Task<int> UndoAsync(LetterKey key, string? etag, CancellationToken cancellationToken)
    {
        var version = etag ?? VersionOf(await client.ShowAsync(key, cancellationToken));
        printer.Show(await client.UndoEditAsync(key, version, cancellationToken));
        return 0;
    }

    public async Task<int> OneAsync(
        LetterKey key, Func<LetterClient, LetterKey, CancellationToken, Task<JsonElement>> work, CancellationToken cancellationToken)
    {
        var answer = await work(client, key, cancellationToken);
        printer.Done(answer, answer.GetProperty("message").GetString()!);
        return 0;
    }

    /// <summary>Calls the app as often as it takes, and says after each time how far it is.</summary>
    public async Task<int> ManyAsync(string action, string done, LetterSelection selection, CancellationToken cancellationToken)
    {
        var (count, failed) = (0, new List<JsonElement>());
        string? next = null;
        do
        {
            var answer = await client.RunManyAsync(action, selection, next, cancellationToken);
            count += answer.GetProperty("done").GetInt32();
            foreach (var failure in answer.GetProperty("failed").EnumerateArray())
            {
                failed.Add(failure);
                progress.WriteLine($"  not {done}: {failure.GetProperty("accountId")} {failure.GetProperty("id")}: {failure.GetProperty("why")}");
            }

            next = Next(answer);
            if (next is not null)
            {
                progress.WriteLine($"  {count} {done} so far");
            }
        }
        while (next is not null);
        printer.Done(
            JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["done"] = count, ["failed"] = failed }),
            $"{count} {done}, {failed.Count} not.");
        return failed.Count == 0 ? 0 : Guarded.Failed;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LetterCommandException($"--file: {e.Message}");
        }
    }

    private static async Task<string> EditByHandAsync(JsonElement seen, CancellationToken cancellationToken)
    {
        var editor = Environment.GetEnvironmentVariable("VISUAL") ?? Environment.GetEnvironmentVariable("EDITOR");
        if (string.IsNullOrWhiteSpace(editor))
        {
            throw new LetterCommandException("Name the new body's file with --file, or your editor in the environment variable EDITOR.");
        }

        var before = seen.GetProperty("body").TryGetProperty("text", out var text) ? text.GetString()! : string.Empty;
        var folder = Directory.CreateTempSubdirectory("dead-letter-");
        try
        {
            var file = Path.Combine(folder.FullName, "body.txt");
            await File.WriteAllTextAsync(file, before, cancellationToken);
            // As git does it: the variable may hold arguments.
            var words = editor.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            using var process = Process.Start(words[0], [.. words[1..], file]);
            await process.WaitForExitAsync(cancellationToken);
            var after = await File.ReadAllTextAsync(file, cancellationToken);
            return process.ExitCode == 0 && after.TrimEnd('\r', '\n') != before
                ? after
                : throw new LetterCommandException("The body was not changed.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string VersionOf(JsonElement seen) => seen.GetProperty("etag").GetString()!;

    private static string? Next(JsonElement answer) => answer.TryGetProperty("continue", out var next) ? next.GetString() : null;
}
