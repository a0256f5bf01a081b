using System.Buffers;
using Kommo.Webhooks;
using KommoFunctions.Fairness;
using KommoFunctions.Messaging;

namespace KommoFunctions.Splitting;

/// <summary>Lets each event in once: claims it in the log and puts it into the queue, one event a message.</summary>
internal sealed class EventAdmission(EventLog log, MessageQueues queues, FairShare share, ContentCodec codec, CoreMetrics metrics)
{
    /// <returns>Whether the event was queued; false for a duplicate.</returns>
    public async Task<bool> AdmitAsync(
        long accountId, WebhookAccount account, WebhookEvent e, string hookId, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (await log.TryClaimAsync(accountId, EventIdentity.Of(accountId, e), hookId, receivedAt, cancellationToken) is not { } id)
        {
            metrics.Event(e.Entity, e.Action, "duplicate");
            return false;
        }

        var body = new ArrayBufferWriter<byte>(1024);
        WebhookWriter.Write(body, account, e);
        var envelope = new Envelope
        {
            Id = id,
            AccountId = accountId,
            ReceivedAt = receivedAt,
            HookId = hookId,
            Content = await codec.PackAsync(body.WrittenMemory, $"event-{id}", cancellationToken),
        };
        await queues.SendAsync(share.QueueForEvent(accountId), envelope, cancellationToken);
        metrics.Event(e.Entity, e.Action, "queued");
        return true;
    }
}
