using System.Text;
using Azure;
using Kommo.Webhooks;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Splitting;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.DeadLetters;

/// <summary>Gives dead letters another body, and the original one back.</summary>
internal sealed partial class DeadLetterEditing(
    DeadLetterStore store, ContentCodec codec, SubjectReader subjects, BodyCheck check, TimeProvider time, ILogger<DeadLetterEditing> logger)
{
    /// <summary>Replaces the body that a replay will use. What the message was stays beside it.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The dead letter.</param>
    /// <param name="etag">The version that the operator has seen.</param>
    /// <param name="body">The new body.</param>
    /// <param name="newAccount">The account of a message that could not be read, and so belongs to none yet; else null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<LetterOutcome> ReplaceAsync(
        long accountId, string id, ETag etag, string body, long? newAccount, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(accountId, id, cancellationToken) is not { } item)
        {
            return LetterOutcome.NotFound;
        }

        if (item.ETag != etag)
        {
            return LetterOutcome.Changed;
        }

        if (UnknownSource(item) is { } unknown)
        {
            return unknown;
        }

        if (RefusedCommands.IsSource(item.Source))
        {
            return check.ProblemOfCommand(RefusedCommands.LaneOf(item.Source), body) is { } problem
                ? LetterOutcome.Refused(problem)
                : await WriteAsync(
                    item, BinaryData.FromString(body), SubjectReader.OfCommand(RefusedCommands.LaneOf(item.Source), id, body), cancellationToken);
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        return TryRead(item.Message) is { } envelope
            ? await ReplaceAsync(item, envelope, bytes, newAccount, cancellationToken)
            : await AdoptAsync(item, bytes, newAccount, cancellationToken);
    }

    /// <summary>Makes the message again what it was.</summary>
    public async Task<LetterOutcome> UndoAsync(long accountId, string id, ETag etag, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(accountId, id, cancellationToken) is not { } item)
        {
            return LetterOutcome.NotFound;
        }

        if (item.ETag != etag)
        {
            return LetterOutcome.Changed;
        }

        return UnknownSource(item) ?? (item.Original is { } original
            ? await WriteAsync(item, null, await SubjectOfAsync(item, original, cancellationToken), cancellationToken)
            : LetterOutcome.Refused("Its body was never edited, so there is nothing to undo."));
    }

    private async Task<LetterOutcome> ReplaceAsync(
        DeadLetter item, Envelope envelope, byte[] body, long? newAccount, CancellationToken cancellationToken)
    {
        if (newAccount is { } account && account != envelope.AccountId)
        {
            return LetterOutcome.Refused($"It belongs to account {envelope.AccountId}, which stays; leave 'account' out.");
        }

        var queue = WorkQueue.Of(item.Source);
        if (check.ProblemOfMessage(queue, envelope.Kind, envelope.AccountId, body) is { } problem)
        {
            return LetterOutcome.Refused(problem);
        }

        var edited = envelope with { Content = await PackAsync(item, body, cancellationToken) };
        return await WriteAsync(
            item, edited.ToBinaryData(), await subjects.OfMessageAsync(queue, edited, cancellationToken), cancellationToken);
    }

    /// <summary>Makes a message of what was none: a hook, an event or a bell of the account that the operator names.</summary>
    private async Task<LetterOutcome> AdoptAsync(DeadLetter item, byte[] body, long? newAccount, CancellationToken cancellationToken)
    {
        newAccount ??= item.AccountId;
        if (newAccount is not > 0)
        {
            return LetterOutcome.Refused("The message could not be read, so nothing tells whose it is: say it with 'account', such as 30000001.");
        }

        var queue = WorkQueue.Of(item.Source);
        if (check.ProblemOfMessage(queue, ArrivalKind.Webhook, newAccount.Value, body) is { } problem)
        {
            return LetterOutcome.Refused(problem);
        }

        var envelope = new Envelope
        {
            // An event's identity comes from its content: one that was handled before is known again.
            Id = queue.Stage == WorkStage.Events
                ? EventIdentity.Of(newAccount.Value, WebhookParser.Parse(body).Events[0]).Id
                : item.Id[(item.Id.IndexOf('-', StringComparison.Ordinal) + 1)..],
            AccountId = newAccount.Value,
            ReceivedAt = item.ReceivedAt,
            Content = await PackAsync(item, body, cancellationToken),
        };
        var adopted = item with
        {
            AccountId = envelope.AccountId,
            Id = DeadLetterId.Of(item.Source, envelope.Id, envelope.ReceivedAt),
            Message = envelope.ToBinaryData(),
            Original = item.Message,
            Subject = await subjects.OfMessageAsync(queue, envelope, cancellationToken),
            Edits = item.Edits + 1,
            EditedAt = time.GetUtcNow(),
        };
        return await EndAsync(await store.MoveAsync(item, adopted, cancellationToken), cancellationToken);
    }

    private async Task<LetterOutcome> WriteAsync(
        DeadLetter item, BinaryData? message, DeadLetterSubject? subject, CancellationToken cancellationToken) =>
        await store.EditAsync(item, message, subject, time.GetUtcNow(), cancellationToken)
            ? await EndAsync(item, cancellationToken)
            : LetterOutcome.Changed;

    private async Task<LetterOutcome> EndAsync(DeadLetter item, CancellationToken cancellationToken)
    {
        Log.Edited(logger, item.Id, item.AccountId, item.Source);
        return await store.GetAsync(item.AccountId, item.Id, cancellationToken) is { } now
            ? LetterOutcome.Done("It has another body. Replay it now.", now)
            : LetterOutcome.NotFound;
    }

    /// <summary>Under a name of its own, so that the body of a replay under way is not written over.</summary>
    private Task<Content> PackAsync(DeadLetter item, byte[] body, CancellationToken cancellationToken) =>
        codec.PackAsync(body, $"edit-{item.Id}-{Guid.CreateVersion7(time.GetUtcNow()):N}", cancellationToken);

    private async Task<DeadLetterSubject?> SubjectOfAsync(DeadLetter item, BinaryData message, CancellationToken cancellationToken)
    {
        if (RefusedCommands.IsSource(item.Source))
        {
            return SubjectReader.OfCommand(RefusedCommands.LaneOf(item.Source), item.Id, message.ToString());
        }

        return TryRead(message) is { } envelope ? await subjects.OfMessageAsync(WorkQueue.Of(item.Source), envelope, cancellationToken) : null;
    }

    private static LetterOutcome? UnknownSource(DeadLetter item) => RefusedCommands.IsSource(item.Source) || WorkQueue.Find(item.Source, out _)
        ? null
        : LetterOutcome.Refused($"It comes from the queue '{item.Source}', which this version of the app does not have. Deploy the version that wrote it.");

    private static Envelope? TryRead(BinaryData message)
    {
        try
        {
            return Envelope.Parse(message);
        }
        catch (UnreadableMessageException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Dead letter {Id} of account {AccountId} from {Source} has another body by an operator's hand")]
        public static partial void Edited(ILogger logger, string id, long accountId, string source);
    }
}
