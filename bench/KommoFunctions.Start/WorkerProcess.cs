using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace KommoFunctions.Start;

/// <summary>A published app as a process of its own, with the arguments that the Functions host gives it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const int LinesKept = 20;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private WorkerProcess(string id, ProcessStartInfo start)
    {
        Id = id;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The name by which it presents itself.</summary>
    public string Id { get; }

    /// <summary>The last lines that it wrote.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>What it has used of the processors so far; unlike the clock, hardly changed by what else the machine does.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the worker; returns at once.</summary>
    public static WorkerProcess Start(string folder, Uri host, IReadOnlyDictionary<string, string> settings)
    {
        var id = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(folder, "KommoFunctions.dll"),
                "--functions-uri", host.AbsoluteUri,
                "--functions-worker-id", id,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        return new WorkerProcess(id, start);
    }

    public Task ExitedAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>SIGTERM, which a shutdown sends and Ctrl-C resembles.</summary>
    public void Terminate()
    {
        if (Kill(_process.Id, Sigterm) != 0)
        {
            throw new Win32Exception();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            while (_output.Count > LinesKept)
            {
                _output.TryDequeue(out _);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
