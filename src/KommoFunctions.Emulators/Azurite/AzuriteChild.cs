using System.Diagnostics;
using System.Globalization;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>The running child process: what it says, and how it is told to end.</summary>
internal sealed class AzuriteChild
{
    /// <summary>
    /// Seconds. Node's own 5 s would close pooled connections just as the SDK sends on them; this outlasts the pool's
    /// idle time, so that the client is always the one to close.
    /// </summary>
    private const string KeepAlive = "300";

    private readonly AzuriteOptions _options;
    private readonly OutputTail _tail = new();
    private readonly Process _process;
    private readonly StreamWriter _standardInput;
    private readonly Dictionary<string, int> _ports = [];
    private readonly TaskCompletionSource<AzuritePorts> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteChild(Process process, AzuriteOptions options)
    {
        _process = process;
        _options = options;
        process.OutputDataReceived += (_, line) => OnLine(line.Data);
        process.ErrorDataReceived += (_, line) => _tail.Add(line.Data);
        process.Start();
        ProcessId = process.Id;
        _standardInput = process.StandardInput;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = WatchAsync();
    }

    public int ProcessId { get; }

    /// <summary>Completes with the ports once all three services listen; fails when the process ends before.</summary>
    public Task<AzuritePorts> Listening => _listening.Task;

    public Task Exited { get; }

    public string LastOutput => _tail.ToString();

    public static AzuriteChild Start(NodeRuntime node, string entryPoint, AzuriteOptions options, string? pidFile)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "Azurite", "azurite-host.js");
        var start = new ProcessStartInfo(node.NodePath, [host, entryPoint, .. Arguments(options)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (pidFile is not null)
        {
            start.Environment["AZURITE_HOST_PID_FILE"] = pidFile;
        }

        return new AzuriteChild(new Process { StartInfo = start }, options);
    }

    /// <summary>Closes the child's standard input, on which it flushes and ends; kills it when that takes too long.</summary>
    public async Task StopAsync(TimeSpan patience, TimeProvider time)
    {
        await _standardInput.DisposeAsync();
        try
        {
            await Exited.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Exited;
        }

        _process.Dispose();
    }

    private static IEnumerable<string> Arguments(AzuriteOptions options)
    {
        string[] always = ["--silent", "--skipApiVersionCheck", "--disableTelemetry", "--disableProductStyleUrl"];
        string[] storage = options.DataFolder is { } folder
            ? ["--location", Path.GetFullPath(folder)]
            : ["--inMemoryPersistence"];
        return [.. always, .. storage, .. Service("blob", options.BlobPort), .. Service("queue", options.QueuePort), .. Service("table", options.TablePort)];
    }

    private static string[] Service(string name, int port) =>
    [
        $"--{name}Host", "127.0.0.1",
        $"--{name}Port", port.ToString(CultureInfo.InvariantCulture),
        $"--{name}KeepAliveTimeout", KeepAlive,
    ];

    private void OnLine(string? line)
    {
        _tail.Add(line);
        if (line is null || !AzuritePorts.TryReadListening(line, out var service, out var port))
        {
            return;
        }

        _ports[service] = port;
        if (_ports.Count == 3)
        {
            _listening.TrySetResult(new AzuritePorts(_ports["Blob"], _ports["Queue"], _ports["Table"]));
        }
    }

    private async Task WatchAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        var output = LastOutput;
        _listening.TrySetException(AzuritePorts.FindTaken(output, _options) as Exception
            ?? new AzuriteException(
                string.Create(CultureInfo.InvariantCulture, $"Azurite ended with exit code {_process.ExitCode}. It printed:")
                + Environment.NewLine + output));
    }
}
