using System.CommandLine;

namespace KommoFunctions.Local.DeadLetters;

/// <summary>The commands around dead letters. They talk to a running app over HTTP, so that they work against Azure too.</summary>
internal static class LetterCommands
{
    private static readonly Option<Uri> Url = new("--url")
    {
        Description = "The app's address",
        DefaultValueFactory = _ => new Uri("http://localhost:7071"),
        Recursive = true,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError("--url should be an address such as https://my-app.azurewebsites.net.");
            return null;
        },
    };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "The name of the environment variable that holds the function key; the key itself belongs on no command line",
        DefaultValueFactory = _ => "KOMMO_FUNCTIONS_KEY",
        Recursive = true,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the app's JSON", Recursive = true };

    public static Command Create()
    {
        var command = new Command("dead-letters", "Shows and mends what a running app could not process.") { Url, Key, Json };
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Edit());
        command.Subcommands.Add(OneOrMany(
            "replay", "Puts one, or all that the filters find, back to where they came from.", "replayed", (client, key, token) => client.ReplayAsync(key, token)));
        command.Subcommands.Add(OneOrMany(
            "discard", "Removes one, or all that the filters find, for good.", "discarded", (client, key, token) => client.DiscardAsync(key, token)));
        return command;
    }

    private static Command List()
    {
        var filters = new FilterOptions();
        var limit = new Option<int>("--limit") { Description = "How many are shown at most", DefaultValueFactory = _ => 50 };
        var command = new Command("list", "Lists what could not be processed, oldest first within an account.") { limit };
        filters.AddTo(command);
        command.SetAction((result, token) => RunAsync(result, run => run.ListAsync(filters.Read(result), result.GetValue(limit), token)));
        return command;
    }

    private static Command Show()
    {
        var (account, id) = Names(ArgumentArity.ExactlyOne);
        var command = new Command("show", "Shows one with its body and its history.") { account, id };
        command.SetAction((result, token) => RunAsync(result, run => run.ShowAsync(KeyOf(result, account, id), token)));
        return command;
    }

    private static Command Edit()
    {
        var (account, id) = Names(ArgumentArity.ExactlyOne);
        var file = new Option<string?>("--file") { Description = "The file with the new body, or - for standard input; without it your editor opens (VISUAL or EDITOR)" };
        var forAccount = new Option<long?>("--for-account") { Description = "The account that a message which could not be read is for" };
        var undo = new Option<bool>("--undo") { Description = "Give it its original body back" };
        var etag = new Option<string?>("--etag") { Description = "The version that you have seen ('etag' of show --json); without it the present one" };
        var command = new Command("edit", "Replaces the body that a replay will use.") { account, id, file, forAccount, undo, etag };
        command.SetAction((result, token) => RunAsync(result, run => result.GetValue(undo)
            ? run.UndoAsync(KeyOf(result, account, id), result.GetValue(etag), token)
            : run.EditAsync(KeyOf(result, account, id), result.GetValue(file), result.GetValue(forAccount), result.GetValue(etag), token)));
        return command;
    }

    private static Command OneOrMany(
        string name, string description, string done, Func<LetterClient, LetterKey, CancellationToken, Task<System.Text.Json.JsonElement>> one)
    {
        var (account, id) = Names(ArgumentArity.ZeroOrOne);
        var filters = new FilterOptions();
        var all = new Option<bool>("--all") { Description = "All there are, without a filter" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask back" };
        var command = new Command(name, description) { account, id, all };
        filters.AddTo(command);
        if (name == "discard")
        {
            command.Options.Add(yes);
        }

        command.SetAction((result, token) => RunAsync(result, run =>
        {
            var selection = filters.Read(result) with { All = result.GetValue(all) };
            if (result.GetValue(id) is not null)
            {
                return selection.All || selection.Values.Any()
                    ? throw new LetterCommandException("Name one by its account and id, or many by filters, not both.")
                    : run.OneAsync(KeyOf(result, account, id), one, token);
            }

            return result.GetValue(account) is not null || !(selection.All || selection.Values.Any())
                ? throw new LetterCommandException($"Say which: an account and an id, or --account, --reason, --source, --from, --to, or --all. See {name} --help.")
                : name == "discard" && !result.GetValue(yes)
                    ? throw new LetterCommandException("What is discarded is gone for good. See what it would be with 'list' and the same filters, then add --yes.")
                    : run.ManyAsync(name, done, selection, token);
        }));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Func<LetterCommandRun, Task<int>> run)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        try
        {
            var key = Environment.GetEnvironmentVariable(result.GetValue(Key)!);
            using var client = new LetterClient(result.GetValue(Url)!, string.IsNullOrWhiteSpace(key) ? null : key.Trim());
            return await run(new LetterCommandRun(client, new LetterPrinter(output, result.GetValue(Json)), error));
        }
        catch (LetterCommandException e)
        {
            error.WriteLine(e.Message);
            return Guarded.Failed;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Stopped.");
            return Guarded.Failed;
        }
    }

    private static (Argument<long?> Account, Argument<string?> Id) Names(ArgumentArity arity) => (
        new Argument<long?>("account") { Description = "The account, as the list shows it", Arity = arity },
        new Argument<string?>("id") { Description = "The id, as the list shows it", Arity = arity });

    private static LetterKey KeyOf(ParseResult result, Argument<long?> account, Argument<string?> id) =>
        new(result.GetValue(account)!.Value, result.GetValue(id)!);

    /// <summary>The filters of a command.</summary>
    private sealed class FilterOptions
    {
        private readonly Option<string?> _account = new("--account") { Description = "Of this account" };
        private readonly Option<string?> _reason = new("--reason") { Description = "With this reason, such as handler-failed" };
        private readonly Option<string?> _source = new("--source") { Description = "From this queue or lane, or outbox for all lanes" };
        private readonly Option<string?> _from = new("--from") { Description = "Given up then or later, UTC, such as 2026-01-31T08:30:00Z" };
        private readonly Option<string?> _to = new("--to") { Description = "Given up before then, UTC" };

        public void AddTo(Command command)
        {
            foreach (var option in new[] { _account, _reason, _source, _from, _to })
            {
                command.Options.Add(option);
            }
        }

        public LetterSelection Read(ParseResult result) => new(
            result.GetValue(_account), result.GetValue(_reason), result.GetValue(_source), result.GetValue(_from), result.GetValue(_to), All: false);
    }
}
