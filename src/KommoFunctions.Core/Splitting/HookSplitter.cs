using Kommo.Webhooks;
using KommoFunctions.Failures;
using KommoFunctions.Fairness;
using KommoFunctions.Intake;
using KommoFunctions.Messaging;
using KommoFunctions.Uninstalling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Splitting;

/// <summary>Takes a hook from the queue apart: every entity, action and index in it becomes an event of its own, duplicates excepted.</summary>
public sealed partial class HookSplitter
{
    /// <summary>Events of one hook that are admitted at the same time; each costs two storage round trips.</summary>
    private const int Parallelism = 8;

    private readonly MessageStage _stage;
    private readonly ContentCodec _codec;
    private readonly EventAdmission _admission;
    private readonly RequestAdmission _requests;
    private readonly UninstallCheck _uninstalls;
    private readonly EventBudget _budget;
    private readonly IntakeOptions _options;
    private readonly ILogger _logger;

    internal HookSplitter(
        MessageStage stage,
        ContentCodec codec,
        EventAdmission admission,
        RequestAdmission requests,
        UninstallCheck uninstalls,
        EventBudget budget,
        IOptions<IntakeOptions> options,
        ILogger<HookSplitter> logger)
    {
        _requests = requests;
        _uninstalls = uninstalls;
        _budget = budget;
        _options = options.Value;
        _stage = stage;
        _codec = codec;
        _admission = admission;
        _logger = logger;
    }

    /// <summary>Processes one message. Returns when the message may be deleted.</summary>
    /// <param name="queue">The queue that it is from: <see cref="QueueNames.Hooks"/> or <see cref="QueueNames.BusyHooks"/>.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the work; the message stays in its queue.</param>
    public Task ProcessAsync(string queue, BinaryData message, CancellationToken cancellationToken = default) =>
        _stage.RunAsync(WorkQueue.Of(queue), message, RouteAsync, cancellationToken);

    private Task RouteAsync(Envelope envelope, CancellationToken cancellationToken) => envelope.Kind switch
    {
        ArrivalKind.Webhook => SplitAsync(envelope, cancellationToken),
        ArrivalKind.Uninstall => _uninstalls.RunAsync(envelope.AccountId, cancellationToken),
        _ => _requests.AdmitAsync(envelope, cancellationToken),
    };

    private async Task SplitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var hook = Parse(await _codec.UnpackAsync(envelope.Content, cancellationToken));
        if (hook.Account.Id is { } id && id != envelope.AccountId)
        {
            throw new PermanentFailureException(
                DeadLetterReasons.AccountMismatch,
                $"The hook is of account {id} but was posted to the address of account {envelope.AccountId}.");
        }

        if (hook.Events.Count > _options.MaxEventsPerHook)
        {
            throw new PermanentFailureException(
                DeadLetterReasons.TooManyEvents,
                $"The hook holds {hook.Events.Count} events; KommoFunctions:Intake:MaxEventsPerHook allows {_options.MaxEventsPerHook}.");
        }

        _budget.Spend(envelope.AccountId, hook.Events.Count);
        var admitted = 0;
        await Parallel.ForEachAsync(
            hook.Events,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (e, token) =>
            {
                if (await _admission.AdmitAsync(envelope.AccountId, hook.Account, e, envelope.Id, envelope.ReceivedAt, token))
                {
                    Interlocked.Increment(ref admitted);
                }
            });
        Log.Split(_logger, envelope.Id, envelope.AccountId, hook.Events.Count, hook.Events.Count - admitted);
    }

    private static Webhook Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return WebhookParser.Parse(body);
        }
        catch (WebhookFormatException e)
        {
            throw new PermanentFailureException(DeadLetterReasons.NotAHook, e.Message, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Hook {Id} of account {AccountId}: {Events} events, {Duplicates} duplicates")]
        public static partial void Split(ILogger logger, string id, long accountId, int events, int duplicates);
    }
}
