using System.Security.Cryptography;
using KommoFunctions.Emulators.Files;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>
/// The Azurite under <c>node_modules</c> of a repository, installed from its <c>package-lock.json</c> when it is missing
/// or from another one. Many processes may ask at once: one installs, the others wait.
/// </summary>
internal sealed class AzuriteInstallation(string repositoryRoot, IProgress<string>? progress, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    private readonly string _lockJson = Path.Combine(repositoryRoot, "package-lock.json");
    private readonly string _modules = Path.Combine(repositoryRoot, "node_modules");

    /// <summary>The script to run, named by the package's <c>bin</c> entry.</summary>
    public string EntryPoint => Path.Combine(_modules, "azurite", "dist", "src", "azurite.js");

    /// <summary>npm writes this file when an installation is complete.</summary>
    private string InstalledMarker => Path.Combine(_modules, ".package-lock.json");

    /// <summary>Ours: the hash of the lock file that was installed, which does not change with a checkout as times do.</summary>
    private string InstalledHash => Path.Combine(_modules, ".kommofunctions-installed");

    private string MutexFile => Path.Combine(repositoryRoot, ".local", "npm-ci.lock");

    public static string FindRepositoryRoot(params IEnumerable<string> startingPoints)
    {
        var starts = startingPoints.ToList();
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var package = Path.Combine(folder.FullName, "package.json");
                if (File.Exists(package)
                    && File.Exists(Path.Combine(folder.FullName, "package-lock.json"))
                    && File.ReadAllText(package).Contains("\"azurite\"", StringComparison.Ordinal))
                {
                    return folder.FullName;
                }
            }
        }

        throw new AzuriteException(
            "No package.json with a package-lock.json that names Azurite was found upwards from "
            + $"{string.Join(" or ", starts)}; set {nameof(AzuriteOptions)}.{nameof(AzuriteOptions.RepositoryRoot)}.");
    }

    public async Task EnsureInstalledAsync(NodeRuntime node, CancellationToken cancellationToken)
    {
        if (IsCurrent())
        {
            return;
        }

        using var mutex = await TakeMutexAsync(cancellationToken);
        if (!IsCurrent())
        {
            await InstallAsync(node, cancellationToken);
        }
    }

    internal bool IsCurrent()
    {
        if (!File.Exists(EntryPoint) || !File.Exists(InstalledMarker))
        {
            return false;
        }

        return File.Exists(InstalledHash)
            ? File.ReadAllText(InstalledHash) == HashLockJson()
            : File.GetLastWriteTimeUtc(InstalledMarker) >= File.GetLastWriteTimeUtc(_lockJson);
    }

    private string HashLockJson() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_lockJson)));

    private async Task InstallAsync(NodeRuntime node, CancellationToken cancellationToken)
    {
        progress?.Report("Installing Azurite (npm ci); this happens once and takes a minute or less.");
        var hash = HashLockJson();
        var installing = Command.RunAsync(
            node.NpmPath, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], repositoryRoot, cancellationToken);
        await ReportUntilDoneAsync(installing, "Still installing Azurite", cancellationToken);
        var result = await installing;
        if (result.ExitCode != 0 || !File.Exists(EntryPoint))
        {
            throw new AzuriteException(
                $"'npm ci' in {repositoryRoot} did not install Azurite (exit code {result.ExitCode}). It printed:"
                + Environment.NewLine + result.Output);
        }

        await File.WriteAllTextAsync(InstalledHash, hash, cancellationToken);
        progress?.Report("Azurite is installed.");
    }

    private async Task<FileStream> TakeMutexAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var nextReport = TimeSpan.Zero;
        FileStream? mutex;
        while ((mutex = ExclusiveFile.TryOpen(MutexFile)) is null)
        {
            var waited = time.GetElapsedTime(started);
            if (waited >= nextReport)
            {
                progress?.Report($"Another process is installing Azurite; waiting ({waited.TotalSeconds:0} s).");
                nextReport = waited + ReportEvery;
            }

            await Task.Delay(Poll, time, cancellationToken);
        }

        return mutex;
    }

    private async Task ReportUntilDoneAsync(Task work, string what, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (await Task.WhenAny(work, Task.Delay(ReportEvery, time, cancellationToken)) != work)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report($"{what} ({time.GetElapsedTime(started).TotalSeconds:0} s).");
        }
    }
}
