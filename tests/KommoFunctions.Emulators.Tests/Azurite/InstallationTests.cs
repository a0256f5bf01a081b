using System.Collections.Concurrent;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>The installation's decisions, with an npm that only does what npm leaves behind.</summary>
public sealed class InstallationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InstallationTests()
    {
        File.WriteAllText(_folder["package.json"], """{ "dependencies": { "azurite": "3.37.0" } }""");
        File.WriteAllText(_folder["package-lock.json"], "{}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_many_that_ask_at_once_one_installs_and_the_others_wait()
    {
        var npm = WriteNpm("sleep 1; mkdir -p node_modules/azurite/dist/src; touch node_modules/azurite/dist/src/azurite.js node_modules/.package-lock.json; echo run >> runs");
        var progress = new ListProgress();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnsureAsync(npm, progress)));

        Assert.Single(await File.ReadAllLinesAsync(_folder["runs"]));
        Assert.Contains(progress.Lines, line => line.StartsWith("Installing Azurite", StringComparison.Ordinal));
        Assert.Contains(progress.Lines, line => line.StartsWith("Another process is installing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_lock_file_is_installed_again_and_a_touched_one_is_not()
    {
        var npm = WriteNpm("mkdir -p node_modules/azurite/dist/src; touch node_modules/azurite/dist/src/azurite.js node_modules/.package-lock.json; echo run >> runs");
        await EnsureAsync(npm);

        File.SetLastWriteTimeUtc(_folder["package-lock.json"], new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await EnsureAsync(npm);
        Assert.Single(await File.ReadAllLinesAsync(_folder["runs"]));

        await File.WriteAllTextAsync(_folder["package-lock.json"], "{ }");
        await EnsureAsync(npm);
        Assert.Equal(2, (await File.ReadAllLinesAsync(_folder["runs"])).Length);
    }

    [Theory]
    [InlineData(2001, false)]
    [InlineData(2099, true)]
    public void An_installation_by_hand_counts_unless_the_lock_file_is_newer(int year, bool current)
    {
        Directory.CreateDirectory(_folder["node_modules/azurite/dist/src"]);
        File.WriteAllText(_folder["node_modules/azurite/dist/src/azurite.js"], "");
        File.WriteAllText(_folder["node_modules/.package-lock.json"], "{}");
        File.SetLastWriteTimeUtc(_folder["node_modules/.package-lock.json"], new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(current, Create().IsCurrent());
    }

    [Fact]
    public async Task What_npm_said_is_in_the_exception()
    {
        var npm = WriteNpm("echo 'npm error code EUSAGE' >&2; exit 1");

        var failure = await Assert.ThrowsAsync<AzuriteException>(() => EnsureAsync(npm));

        Assert.Contains("exit code 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("npm error code EUSAGE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_repository_is_found_upwards()
    {
        var deep = Directory.CreateDirectory(_folder["a/b/c"]).FullName;
        File.WriteAllText(_folder["a/package.json"], "{}");

        Assert.Equal(_folder.Path, AzuriteInstallation.FindRepositoryRoot(deep));
    }

    [Fact]
    public async Task A_machine_without_Node_is_told_what_to_install()
    {
        var failure = await Assert.ThrowsAsync<AzuriteException>(() => NodeRuntime.FindAsync(_folder.Path, CancellationToken.None));

        Assert.Contains("Install Node.js 20 or later", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_Node_is_told_apart()
    {
        WriteNpm("exit 0");
        WriteScript("node", "echo v18.20.1");

        var failure = await Assert.ThrowsAsync<AzuriteException>(() => NodeRuntime.FindAsync(_folder.Path, CancellationToken.None));

        Assert.Contains("'v18.20.1'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Install Node.js 20 or later", failure.Message, StringComparison.Ordinal);
    }

    private AzuriteInstallation Create(IProgress<string>? progress = null) => new(_folder.Path, progress, TimeProvider.System);

    private Task EnsureAsync(string npm, IProgress<string>? progress = null) =>
        Create(progress).EnsureInstalledAsync(new NodeRuntime("node", npm), CancellationToken.None);

    private string WriteNpm(string script) => WriteScript("npm", script);

    private string WriteScript(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "shell scripts");
        var path = _folder[name];
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private sealed class ListProgress : IProgress<string>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public void Report(string value) => _lines.Enqueue(value);
    }
}
