using System.Diagnostics;

namespace KommoFunctions.Start;

/// <summary>Publishes the app as a deployment does.</summary>
internal static class Publishing
{
    /// <param name="readyToRun">Whether it is compiled ahead.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The folder. It stays, for a later run.</returns>
    public static async Task<string> PublishAsync(bool readyToRun, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(Path.Combine("artifacts", "start", readyToRun ? "ready-to-run" : "just-in-time"));
        Console.WriteLine($"Publishing to {folder}");
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["publish", "src/KommoFunctions", "--configuration", "Release", "--output", folder, $"-p:PublishReadyToRun={readyToRun}", "--verbosity", "quiet"]))!;
        await publish.WaitForExitAsync(cancellationToken);
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException("The app could not be published. Run this from the repository's root.");
    }
}
