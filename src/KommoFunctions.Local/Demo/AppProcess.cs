using System.Diagnostics;

namespace KommoFunctions.Local.Demo;

/// <summary>The app as a process of its own, so that it can be killed, and so that its pauses do not disturb the simulator's measurements.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts the app and waits until it takes hooks.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened; what it printed is in the message.</exception>
    public static async Task<AppProcess> StartAsync(
        Uri address, IReadOnlyDictionary<string, string?> settings, bool verbose, CancellationToken cancellationToken, Action<string>? log = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) != typeof(AppProcess).Assembly.GetName().Name)
        {
            start.FileName = "dotnet";
            start.ArgumentList.Add(typeof(AppProcess).Assembly.Location);
        }

        foreach (var argument in new[] { "app", "--port", $"{address.Port}", "--with-parent" })
        {
            start.ArgumentList.Add(argument);
        }

        if (!verbose)
        {
            start.ArgumentList.Add("--quiet");
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var app = new AppProcess(Process.Start(start) ?? throw new InvalidOperationException("The app's process did not start."));
        app.Relay(log ?? (line => Console.Error.WriteLine($"  app | {line}")));
        try
        {
            await app.WaitUntilReadyAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is finished.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Lets the app finish what it is at; kills it when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var timeout = new CancellationTokenSource(StopTimeout, TimeProvider.System);
            await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
            {
                await KillAsync();
            }
        }

        _process.Dispose();
    }

    private void Relay(Action<string> log)
    {
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data == RunCommand.ReadyLine)
            {
                _ready.TrySetResult();
            }
            else
            {
                Write(line.Data);
            }
        };
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Write(string? line)
        {
            if (line is not null)
            {
                log(line);
            }
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(StartTimeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var exited = _process.WaitForExitAsync(either.Token);
        if (await Task.WhenAny(_ready.Task, exited) == exited)
        {
            await exited;
            throw new InvalidOperationException($"The app ended with exit code {_process.ExitCode} before it took hooks. Run with --verbose to see its log.");
        }
    }
}
