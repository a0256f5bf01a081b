using Microsoft.Extensions.Logging;
using TableRateLimiting.Machine;
using TableRateLimiting.Storage;

namespace TableRateLimiting.Internal;

/// <summary>
/// Everything of a limiter that threads, timers and storage have to do with: the one lock, the one timer and the one request under way. It hands the
/// inputs to the machine one by one and carries out the effects.
/// </summary>
internal sealed partial class LimiterShell : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LimiterMachine _machine;
    private readonly StorageGateway _storage;
    private readonly StorageClock _clock;
    private readonly ILogger _logger;
    private readonly Action<Func<Task>> _background;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationToken _ended;
    private readonly ITimer _timer;

    /// <param name="machine">Decides.</param>
    /// <param name="storage">Carries out its requests.</param>
    /// <param name="clock">Tells the time of each input.</param>
    /// <param name="time">Makes the timer.</param>
    /// <param name="logger">For what must not happen.</param>
    /// <param name="background">Starts work that no caller waits for.</param>
    public LimiterShell(LimiterMachine machine, StorageGateway storage, StorageClock clock, TimeProvider time, ILogger logger, Action<Func<Task>> background)
    {
        (_machine, _storage, _clock, _logger, _background, _ended) = (machine, storage, clock, logger, background, _end.Token);
        _timer = time.CreateTimer(static shell => ((LimiterShell)shell!).Do(static machine => machine.Tick()), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Hands an input to the machine.</summary>
    public void Do(Action<LimiterMachine> input) => Do(machine =>
    {
        input(machine);
        return true;
    });

    /// <summary>Hands an input to the machine, or a question.</summary>
    public T Do<T>(Func<LimiterMachine, T> input)
    {
        lock (_gate)
        {
            _machine.Observe(_clock.Moment);
            var result = input(_machine);
            CarryOut();
            return result;
        }
    }

    /// <summary>Waits for the outcome of a request that the machine has.</summary>
    public async ValueTask<PermitOutcome> WaitAsync(PendingPermit request, CancellationToken cancellationToken)
    {
        if (request.Outcome.IsCompletedSuccessfully)
        {
            return await request.Outcome;
        }

        await using var giveUp = cancellationToken.UnsafeRegister((_, token) => Leave(request, token), null);
        return await request.Outcome;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _end.Cancel();
        Do(static machine => machine.End());
        _end.Dispose();
    }

    private void Leave(PendingPermit request, CancellationToken cancellationToken)
    {
        if (Do(machine => machine.Leave(request)))
        {
            request.Cancel(cancellationToken);
        }
    }

    private void CarryOut()
    {
        foreach (var effect in _machine.TakeEffects())
        {
            switch (effect)
            {
                case Effect.Decide decide:
                    ((PendingPermit)decide.Request).Decide(decide.Outcome);
                    break;
                case Effect.StartSwap:
                    _background(() => GuardAsync(StartAsync));
                    break;
                case Effect.Ask ask:
                    _background(() => GuardAsync(() => AskAsync(ask.Operation)));
                    break;
                case Effect.Complete complete:
                    ((PendingPause)complete.Request).Complete(complete.Away);
                    break;
                case Effect.SetTimer timer:
                    // Timers count whole milliseconds: rounded up, so as not to wake early and set the timer again.
                    var milliseconds = Math.Ceiling((timer.At - _clock.Elapsed) / (double)TimeSpan.TicksPerMillisecond);
                    _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)), Timeout.InfiniteTimeSpan);
                    break;
            }
        }
    }

    private Task StartAsync()
    {
        Do(static machine => machine.Start());
        return Task.CompletedTask;
    }

    private async Task AskAsync(StorageOperation operation)
    {
        var (answer, failure) = await _storage.AskAsync(operation, _ended);
        Do(machine =>
        {
            if (failure is null)
            {
                machine.Answered(answer);
            }
            else
            {
                machine.Failed(failure);
            }
        });
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The limiter is disposed: everyone who waited has been told.
        }
        catch (Exception bug)
        {
            Log.Broken(_logger, bug);
            Do(static machine => machine.Reset());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(21, LogLevel.Critical, "A swap failed in a way that it must not; it begins again.")]
        public static partial void Broken(ILogger logger, Exception bug);
    }
}
