using System.CommandLine;
using System.Text;
using System.Text.Json;
using KommoFunctions.Local.Tests.Framework;

namespace KommoFunctions.Local.Tests.DeadLetters;

/// <summary>The commands, over HTTP, against the running app.</summary>
[Collection(RunningApp.Name)]
public sealed class LetterCommandTests(RunningApp app)
{
    private string Account => $"{app.AccountId}";

    [Fact]
    public async Task What_died_is_listed_shown_mended_and_replayed_from_the_command_line()
    {
        var text = $"broken {Guid.NewGuid():N}";
        var id = await DieAsync(text);

        var (exit, list) = await RunAsync("list", "--account", Account, "--reason", "not-a-hook");
        Assert.Equal(0, exit);
        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.Contains("not-a-hook", list, StringComparison.Ordinal);

        var (_, shown) = await RunAsync("show", Account, id);
        Assert.Contains(text, shown, StringComparison.Ordinal);

        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"leads[add][0][id]=987001&account[id]={Account}\n");
        var (edited, _) = await RunAsync("edit", Account, id, "--file", file);
        File.Delete(file);
        Assert.Equal(0, edited);

        var (replayed, said) = await RunAsync("replay", Account, id);
        Assert.Equal((0, "It is in its queue again."), (replayed, said.Trim()));
        await RunningApp.WaitAsync(async () => (await RunAsync("show", Account, id)).Exit == 1);
    }

    [Fact]
    public async Task Many_are_discarded_only_after_it_is_confirmed()
    {
        var id = await DieAsync($"broken {Guid.NewGuid():N}");
        string[] which = ["discard", "--account", Account, "--reason", "not-a-hook"];

        var (refused, why) = await RunAsync(which);
        Assert.Equal(1, refused);
        Assert.Contains("--yes", why, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("show", Account, id)).Exit);

        var (exit, json) = await RunAsync([.. which, "--yes", "--json"]);
        Assert.Equal(0, exit);
        Assert.InRange(JsonElement.Parse(json).GetProperty("done").GetInt32(), 1, int.MaxValue);
        Assert.Equal(1, (await RunAsync("show", Account, id)).Exit);
    }

    [Fact]
    public async Task An_edit_by_a_version_that_is_not_the_present_one_is_refused()
    {
        var id = await DieAsync($"broken {Guid.NewGuid():N}");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "leads[add][0][id]=1");

        var (exit, said) = await RunAsync("edit", Account, id, "--file", file, "--etag", "W/\"another\"");

        File.Delete(file);
        Assert.Equal(1, exit);
        Assert.Contains("changed since you read it", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay", "Say which")]
    [InlineData("replay 1 x --all", "not both")]
    [InlineData("list --reason bad-luck", "'reason' should be one of")]
    [InlineData("show 1 x", "There is no such dead letter")]
    public async Task What_cannot_be_done_is_explained_in_a_line(string line, string explanation)
    {
        var (exit, said) = await RunAsync(line.Split(' '));

        Assert.Equal(1, exit);
        Assert.Contains(explanation, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_not_there_is_named()
    {
        var (exit, said) = await InvokeAsync(["dead-letters", "list", "--url", "http://localhost:1"]);

        Assert.Equal(1, exit);
        Assert.Contains("http://localhost:1", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_goes_over_https_only()
    {
        Environment.SetEnvironmentVariable("LETTER_TEST_KEY", "made-up");
        var (exit, said) = await InvokeAsync(["dead-letters", "list", "--url", "http://my-app.example", "--key", "LETTER_TEST_KEY"]);

        Assert.Equal(1, exit);
        Assert.Contains("https", said, StringComparison.Ordinal);
        Assert.DoesNotContain("made-up", said, StringComparison.Ordinal);
    }

    /// <summary>Posts a body that is no hook, and waits until it is a dead letter.</summary>
    private async Task<string> DieAsync(string text)
    {
        using var response = await app.Http.PostAsync(app.HookAddress, new StringContent(text, Encoding.UTF8, "application/x-www-form-urlencoded"));
        string? id = null;
        await RunningApp.WaitAsync(async () =>
        {
            var (_, json) = await RunAsync("list", "--account", Account, "--json", "--limit", "500");
            foreach (var candidate in JsonElement.Parse(json).EnumerateArray().Select(item => item.GetProperty("id").GetString()!))
            {
                var (exit, shown) = await RunAsync("show", Account, candidate);
                id = exit == 0 && shown.Contains(text, StringComparison.Ordinal) ? candidate : id;
            }

            return id is not null;
        });
        return id!;
    }

    private Task<(int Exit, string Said)> RunAsync(params string[] arguments) =>
        InvokeAsync(["dead-letters", .. arguments, "--url", app.Surroundings.AppAddress.AbsoluteUri]);

    /// <summary>Runs a command in this process, and returns what it printed, errors included.</summary>
    private static async Task<(int Exit, string Said)> InvokeAsync(string[] arguments)
    {
        using var said = new StringWriter();
        var exit = await LocalCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = said, Error = said });
        return (exit, said.ToString());
    }
}
