using KommoFunctions.Emulators;
using KommoFunctions.Local.App;
using KommoFunctions.Local.Surroundings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace KommoFunctions.Local;

/// <summary>Starts everything and stays up until Ctrl-C.</summary>
internal static class RunCommand
{
    /// <summary>What an app with a parent process tells it as soon as it takes hooks.</summary>
    public const string ReadyLine = "ready";

    /// <summary>Beside <c>package.json</c>, where git ignores it.</summary>
    public static string DefaultDataFolder => Path.Combine(Emulators.Azurite.RepositoryRoot.Find(), ".local");

    public static async Task<int> RunAsync(string dataFolder, int? firstPort, bool withApp, CancellationToken cancellationToken)
    {
        var options = new SurroundingsOptions { DataFolder = Path.GetFullPath(dataFolder) };
        if (firstPort is { } first)
        {
            options = options.OnPortsFrom(first);
        }

        if (withApp)
        {
            Ports.ThrowIfTaken(options.AppPort, "the app");
        }

        var progress = new ConsoleProgress();
        await using var surroundings = await LocalSurroundings.StartAsync(options, progress, cancellationToken);
        progress.Report("Connecting the Kommo account");
        await Seeding.EnsureConnectedAsync(surroundings, cancellationToken);
        WebApplication? app = null;
        if (withApp)
        {
            progress.Report("Starting the app");
            app = LocalApp.Build(options.AppPort, surroundings.Settings, quiet: false);
            await LocalApp.StartAsync(app, cancellationToken);
        }

        Overview.Print(surroundings, options, withApp);
        await StayUpAsync(cancellationToken);
        AnsiConsole.MarkupLine("[grey]Stopping…[/]");
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        return 0;
    }

    public static async Task<int> RunAppAsync(int port, bool quiet, bool withParent, CancellationToken cancellationToken)
    {
        Ports.ThrowIfTaken(port, "the app");
        await using var app = LocalApp.Build(port, new Dictionary<string, string?>(), quiet);
        await LocalApp.StartAsync(app, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (withParent)
        {
            Console.WriteLine(ReadyLine);
            _ = WatchParentAsync(ended);
        }

        await app.WaitForShutdownAsync(ended.Token);
        return 0;
    }

    private static async Task WatchParentAsync(CancellationTokenSource ended)
    {
        var buffer = new byte[256];
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(buffer) > 0)
        {
            // Nothing is expected there but its end.
        }

        await ended.CancelAsync();
    }

    private static async Task StayUpAsync(CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
