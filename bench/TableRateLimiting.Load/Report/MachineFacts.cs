using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using KommoFunctions.Emulators.Azurite;

namespace TableRateLimiting.Load.Report;

/// <summary>What the figures of a report were taken on.</summary>
internal sealed record MachineFacts(string Date, string Commit, string Processor, string Memory, string System, string Runtime, string Azurite, string? Load)
{
    public static async Task<MachineFacts> ReadAsync(CancellationToken cancellationToken)
    {
        var root = RepositoryRoot.Find();
        using var package = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(root, "package.json"), cancellationToken));
        return new MachineFacts(
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            await CommitAsync(root, cancellationToken),
            await ProcessorAsync(cancellationToken),
            string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):0} GB"),
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
            RuntimeInformation.FrameworkDescription,
            $"Azurite {package.RootElement.GetProperty("dependencies").GetProperty("azurite").GetString()}, in memory",
            File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0] : null);
    }

    private static async Task<string> ProcessorAsync(CancellationToken cancellationToken)
    {
        const string File = "/proc/cpuinfo";
        var cores = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores");
        var model = global::System.IO.File.Exists(File)
            ? (await global::System.IO.File.ReadAllLinesAsync(File, cancellationToken)).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model is null ? cores : $"{cores}, {model.Split(':', 2)[1].Trim()}";
    }

    private static async Task<string> CommitAsync(string root, CancellationToken cancellationToken)
    {
        try
        {
            var commit = await GitAsync(root, ["rev-parse", "--short", "HEAD"], cancellationToken);
            var changes = await GitAsync(root, ["status", "--porcelain", "--", "src", "bench"], cancellationToken);
            return changes.Length == 0 ? commit : $"{commit} and changes that are not committed";
        }
        catch (Win32Exception)
        {
            return "unknown, since there is no git here";
        }
    }

    private static async Task<string> GitAsync(string root, string[] arguments, CancellationToken cancellationToken)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = root, RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync(cancellationToken);
        await git.WaitForExitAsync(cancellationToken);
        return git.ExitCode == 0 ? output.Trim() : "unknown";
    }
}
