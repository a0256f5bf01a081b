using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Kommo.Simulator.Persistence;

/// <summary>
/// Writes the state soon after each change: several changes share one write, and a write is a new file renamed over the old one,
/// so that a killed process leaves a whole file behind.
/// </summary>
internal sealed partial class StateFile(string path, Func<SimulatorState> capture, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private readonly SemaphoreSlim _dirty = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public SimulatorState? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using FileStream file = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize(file, StateJson.Default.SimulatorState);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is no state of the simulator; move it away to start anew.", error);
        }
    }

    public void Start() => _loop = Task.Run(RunAsync);

    public void Touch()
    {
        if (_dirty.CurrentCount == 0)
        {
            try
            {
                _dirty.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another change asked for the same write between the two lines.
                return;
            }
        }
    }

    /// <summary>Stops the writing and writes the state a last time; throws when that cannot be done.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        Write();
        _dirty.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        // The disk lives in real time, whatever clock the account has.
        TimeProvider clock = TimeProvider.System;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _dirty.WaitAsync(_stopping.Token);
                long started = clock.GetTimestamp();
                Write();
                TimeSpan took = clock.GetElapsedTime(started);
                // A large account costs longer writes: spend no more than a fifth of the time on them.
                await Task.Delay(took * 4 > ShortestPause ? took * 4 : ShortestPause, clock, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Log.NotWritten(logger, error, path);
            }
        }
    }

    private void Write()
    {
        SimulatorState state = capture();
        string next = $"{path}.next";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (FileStream file = File.Create(next))
        {
            JsonSerializer.Serialize(file, state, StateJson.Default.SimulatorState);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The state could not be written to {Path}; the next change tries again")]
        public static partial void NotWritten(ILogger logger, Exception error, string path);
    }
}
