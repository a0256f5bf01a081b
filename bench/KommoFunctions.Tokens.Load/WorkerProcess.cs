using System.Diagnostics;
using System.Globalization;

namespace KommoFunctions.Tokens.Load;

/// <summary>A worker, seen from outside.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private WorkerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static WorkerProcess Start(Surroundings surroundings, long accountId, RotationStep? dieAt = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [typeof(WorkerProcess).Assembly.Location, "worker", "--account", accountId.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in dieAt is null ? arguments : [.. arguments, "--die-at", $"{dieAt}"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in surroundings.Settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new WorkerProcess(Process.Start(start) ?? throw new InvalidOperationException("The worker did not start."));
    }

    /// <summary>Waits until it needs nothing more but the word.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(cancellationToken) != Worker.Ready)
        {
            throw new InvalidOperationException($"The worker ended before it was ready. {await _errors}");
        }
    }

    /// <summary>Gives the word.</summary>
    public async Task GoAsync()
    {
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Whether it made its call; false when it was killed.</returns>
    /// <exception cref="InvalidOperationException">It ended otherwise.</exception>
    public async Task<bool> WaitForEndAsync(CancellationToken cancellationToken)
    {
        var called = await ReadLineAsync(cancellationToken) == Worker.Called;
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await _process.WaitForExitAsync(either.Token);

        // 128 and the number of SIGKILL.
        return _process.ExitCode is 0 or 137
            ? called
            : throw new InvalidOperationException($"The worker ended with {_process.ExitCode}. {await _errors}");
    }

    /// <summary>SIGKILL: no handler runs, nothing is finished.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await _process.StandardOutput.ReadLineAsync(either.Token);
    }
}
