using Kommo.Simulator.Statistics;
using Microsoft.Extensions.Logging;

namespace Kommo.Simulator.Hooks;

/// <summary>
/// Turns changes into hooks and sends them, several at a time, until each is acknowledged or given up. What is pending when the
/// simulator stops stays in the queue, for the state file.
/// </summary>
internal sealed partial class HookDispatcher : IChangeSink, IAsyncDisposable
{
    private readonly KommoSimulatorOptions _options;
    private readonly WebhookRegistry _webhooks;
    private readonly HookQueue _queue;
    private readonly StatisticsRecorder _statistics;
    private readonly Action _touched;
    private readonly ILogger _logger;
    private readonly HookSender _sender;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _news = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public HookDispatcher(
        KommoSimulatorOptions options, WebhookRegistry webhooks, HookQueue queue, StatisticsRecorder statistics, Action touched)
    {
        (_options, _webhooks, _queue, _statistics, _touched) = (options, webhooks, queue, statistics, touched);
        _logger = options.LoggerFactory.CreateLogger<HookDispatcher>();
        _sender = new HookSender(options.TimeProvider, options.HookConcurrency);
        _slots = new SemaphoreSlim(options.HookConcurrency);
    }

    public void Start() => _loop = Task.Run(RunAsync);

    public void Touch() => _touched();

    public void Publish(Change change)
    {
        IReadOnlyList<SimulatedWebhook> subscribers = _webhooks.Matching(change.Settings);
        _statistics.RecordChange(subscribers.Count);
        if (subscribers.Count > 0)
        {
            string body = Body(change);
            DateTimeOffset now = _options.TimeProvider.GetUtcNow();
            foreach (SimulatedWebhook hook in subscribers)
            {
                _queue.Add(hook.Destination, body, now, isExtra: false);
                if (_options.DeliverHooksTwice)
                {
                    _queue.Add(hook.Destination, body, now, isExtra: true);
                }
            }

            _news.Release();
        }

        _touched();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        for (int slot = 0; slot < _options.HookConcurrency; slot++)
        {
            await _slots.WaitAsync();
        }

        _sender.Dispose();
        _slots.Dispose();
        _news.Dispose();
        _stopping.Dispose();
    }

    private string Body(Change change)
    {
        FormBody body = new();
        FormNode account = body.At("account").Add("subdomain", _options.Subdomain).Add("id", _options.AccountId);
        // Kommo accounts, too, name an amocrm.com host here; nobody may take it for the API's address.
        account.At("_links").Add("self", $"https://{_options.Subdomain}.amocrm.com");
        change.Write(body);
        return body.ToString();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (_queue.TakeDue(_options.TimeProvider.GetUtcNow(), out DateTimeOffset? nextDueAt) is { } hook)
                {
                    await _slots.WaitAsync(_stopping.Token);
                    _ = AttemptAsync(hook);
                }
                else
                {
                    await WaitAsync(nextDueAt);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WaitAsync(DateTimeOffset? nextDueAt)
    {
        if (nextDueAt is not { } dueAt)
        {
            await _news.WaitAsync(_stopping.Token);
            return;
        }

        using var awake = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        Task news = _news.WaitAsync(awake.Token);
        TimeSpan wait = dueAt - _options.TimeProvider.GetUtcNow();
        Task due = wait > TimeSpan.Zero ? Task.Delay(wait, _options.TimeProvider, awake.Token) : Task.CompletedTask;
        // The clock may have moved between reading it and setting the timer: then the timer would ring late.
        if (_options.TimeProvider.GetUtcNow() < dueAt)
        {
            await Task.WhenAny(news, due);
        }

        await awake.CancelAsync();
        await news.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AttemptAsync(PendingHook hook)
    {
        try
        {
            await Task.Yield();
            if (_webhooks.Find(hook.Destination) is not { Disabled: false })
            {
                GiveUp(hook);
                return;
            }

            _statistics.RecordAttempt(hook);
            long started = _options.TimeProvider.GetTimestamp();
            int answer = await _sender.SendAsync(hook, _stopping.Token);
            Settle(hook, answer, _options.TimeProvider.GetElapsedTime(started));
            _touched();
        }
        catch (Exception error) when (_stopping.IsCancellationRequested)
        {
            Log.LeftPending(_logger, hook.Destination, error.Message);
        }
        catch (Exception error)
        {
            Log.AttemptFailed(_logger, error, hook.Destination);
            Settle(hook, RetrySchedule.NoAnswer, TimeSpan.Zero);
        }
        finally
        {
            _slots.Release();
        }
    }

    private void Settle(PendingHook hook, int answer, TimeSpan elapsed)
    {
        if (RetrySchedule.IsAcknowledged(answer))
        {
            _statistics.RecordAcknowledged(hook, elapsed);
            _queue.Remove(hook);
            return;
        }

        _statistics.RecordFailedAttempt(hook);
        if (_webhooks.RecordBadAnswer(hook.Destination))
        {
            Log.Disabled(_logger, hook.Destination);
        }

        if (RetrySchedule.WaitAfter(hook.Attempt, answer) is { } wait && _webhooks.Find(hook.Destination) is { Disabled: false })
        {
            _queue.Retry(hook, _options.TimeProvider.GetUtcNow() + (wait * _options.HookTimeScale));
            _news.Release();
        }
        else
        {
            GiveUp(hook);
        }
    }

    private void GiveUp(PendingHook hook)
    {
        _statistics.RecordGivenUp(hook);
        _queue.Remove(hook);
        _touched();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Hook to {Destination} stays pending: {Reason}")]
        public static partial void LeftPending(ILogger logger, string destination, string reason);

        [LoggerMessage(2, LogLevel.Error, "Hook to {Destination} could not be sent")]
        public static partial void AttemptFailed(ILogger logger, Exception error, string destination);

        [LoggerMessage(3, LogLevel.Warning, "Webhook {Destination} is disabled after too many bad answers")]
        public static partial void Disabled(ILogger logger, string destination);
    }
}
