using System.Diagnostics;
using System.Globalization;
using KommoFunctions.Emulators.Files;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>
/// Keeps a data folder to one Azurite: two that write to the same files destroy them. Held by this process as an open
/// file; after a killed process its Azurite may still be flushing, and that one is waited for.
/// </summary>
internal sealed class DataFolderLease : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FileStream _file;

    private DataFolderLease(FileStream file, string pidFile)
    {
        _file = file;
        PidFile = pidFile;
    }

    /// <summary>Where the running Azurite keeps its process id; it deletes the file as its last act.</summary>
    public string PidFile { get; }

    public static async Task<DataFolderLease> TakeAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var file = ExclusiveFile.TryOpen(Path.Combine(folder, ".azurite.lock"))
            ?? throw new AzuriteException($"The data folder {folder} is in use by another process that runs Azurite.");
        try
        {
            var lease = new DataFolderLease(file, Path.Combine(folder, ".azurite.pid"));
            await lease.WaitForPredecessorAsync(folder, time, cancellationToken);
            return lease;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private async Task WaitForPredecessorAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (PredecessorRuns())
        {
            if (time.GetElapsedTime(started) > Patience)
            {
                throw new AzuriteException($"The data folder {folder} is still in use by an earlier Azurite; {PidFile} names its process.");
            }

            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    private bool PredecessorRuns()
    {
        if (!File.Exists(PidFile) || !int.TryParse(ReadPid(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            // A file left by a power cut names a process id that something else may have by now.
            return process.ProcessName.StartsWith("node", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private string? ReadPid()
    {
        try
        {
            return File.ReadAllText(PidFile);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
