using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KommoFunctions.Messaging;
using KommoFunctions.Salesbot;

namespace KommoFunctions.Splitting;

/// <summary>Lets a Salesbot's request or a chat's hook in once: each is a whole by itself, and known again by its content.</summary>
internal sealed class RequestAdmission(EventLog log, MessageQueues queues, ContentCodec codec, CoreMetrics metrics)
{
    public async Task AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var body = await codec.UnpackAsync(envelope.Content, cancellationToken);
        var kind = envelope.Kind.ToString();
        var digest = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{kind}\n"), .. KeyOf(envelope, body)]);
        var identity = new EventIdentity(Convert.ToHexStringLower(digest.AsSpan(0, 16)), IsTimeless: false);
        if (await log.TryClaimAsync(envelope.AccountId, identity, envelope.Id, envelope.ReceivedAt, cancellationToken) is not { } id)
        {
            metrics.Event(kind, "request", "duplicate");
            return;
        }

        var request = envelope with { Id = id, HookId = envelope.Id, Failures = null, DeadLetterId = null };
        await queues.SendAsync(
            WorkQueue.Events, request with { Content = await codec.PackAsync(body, $"event-{id}", cancellationToken) }, cancellationToken);
        metrics.Event(kind, "request", "queued");
    }

    /// <summary>A waiting step has one address at which it is continued, once; a chat's hook carries its message's id and time.</summary>
    private static byte[] KeyOf(Envelope envelope, ReadOnlyMemory<byte> body) => envelope.Kind == ArrivalKind.Salesbot
        ? Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{envelope.AccountId}\n{SalesbotBody.Read(body).ReturnUrl.AbsolutePath}"))
        : body.ToArray();
}
