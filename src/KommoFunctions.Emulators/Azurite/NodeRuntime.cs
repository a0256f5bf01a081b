using System.Globalization;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>The Node.js on this machine's PATH.</summary>
internal sealed record NodeRuntime(string NodePath, string NpmPath)
{
    private const int OldestMajor = 20;
    private const string Advice = "Install Node.js 20 or later (https://nodejs.org), so that 'node' and 'npm' are on the PATH.";

    public static async Task<NodeRuntime> FindAsync(string? searchPath, CancellationToken cancellationToken)
    {
        var node = Find(searchPath, OperatingSystem.IsWindows() ? "node.exe" : "node")
            ?? throw new AzuriteException($"Azurite runs on Node.js, which was not found. {Advice}");
        var npm = Find(searchPath, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
            ?? throw new AzuriteException($"Azurite is installed with npm, which was not found. {Advice}");

        var result = await Command.RunAsync(node, ["--version"], workingDirectory: null, cancellationToken);
        if (!int.TryParse(result.Output.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || major < OldestMajor)
        {
            throw new AzuriteException($"Azurite needs a later Node.js than '{result.Output}' at {node}. {Advice}");
        }

        return new NodeRuntime(node, npm);
    }

    private static string? Find(string? searchPath, string fileName) =>
        (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => Path.Combine(folder, fileName))
            .FirstOrDefault(File.Exists);
}
