using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Hosting;

namespace KommoFunctions.Draining;

/// <summary>
/// Lets what runs end before the process does. Without it the worker goes at once, whatever runs: a hook stays unanswered, and a queue's message
/// comes again only after its lease of ten minutes. Waits for as long as the host's shutdown may take (<see cref="HostOptions.ShutdownTimeout"/>).
/// </summary>
internal sealed class RunningInvocations(TimeProvider time) : IFunctionsWorkerMiddleware, IHostedLifecycleService
{
    /// <summary>An answer goes out after the last middleware has ended, and nothing says when it is out.</summary>
    private static readonly TimeSpan UntilAnswersAreOut = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private volatile bool _stopping;

    /// <inheritdoc />
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await next(context);
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0 && _stopping)
            {
                _ended.TrySetResult();
            }
        }
    }

    /// <inheritdoc />
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        if (Volatile.Read(ref _running) > 0)
        {
            await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.Delay(UntilAnswersAreOut, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
