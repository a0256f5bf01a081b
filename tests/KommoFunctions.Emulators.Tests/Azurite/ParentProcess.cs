using System.Diagnostics;
using System.Globalization;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>This test program, run once more as a process that starts Azurite and can be killed.</summary>
internal sealed class ParentProcess : IDisposable
{
    private readonly Process _process;

    private ParentProcess(Process process, string connectionString, int azuriteProcessId)
    {
        _process = process;
        ConnectionString = connectionString;
        AzuriteProcessId = azuriteProcessId;
    }

    public string ConnectionString { get; }

    public int AzuriteProcessId { get; }

    public IReadOnlyList<int> Ports =>
        [.. ConnectionString.Split(';').Where(part => part.Contains("Endpoint=", StringComparison.Ordinal)).Select(part => new Uri(part.Split('=')[1]).Port)];

    public static async Task<ParentProcess> StartAsync(string dataFolder)
    {
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [typeof(ParentProcess).Assembly.Location, "start-azurite", dataFolder])
        {
            RedirectStandardOutput = true,
        })!;
        var connectionString = await process.StandardOutput.ReadLineAsync();
        var processId = await process.StandardOutput.ReadLineAsync();
        Assert.NotNull(connectionString);
        return new ParentProcess(process, connectionString, int.Parse(processId!, CultureInfo.InvariantCulture));
    }

    /// <summary>SIGKILL on Unix: no clean-up of its own runs.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
