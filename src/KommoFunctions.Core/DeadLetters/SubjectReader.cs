using System.Globalization;
using System.Text.Json;
using Kommo.Webhooks;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Salesbot;
using KommoFunctions.Splitting;

namespace KommoFunctions.DeadLetters;

/// <summary>Reads what a message is about, so that a list of dead letters tells it without their bodies. What cannot be read is left out.</summary>
internal sealed class SubjectReader(ContentCodec codec)
{
    /// <param name="queue">The message's queue.</param>
    /// <param name="envelope">The message.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="mayRead">Whether its body may be read: not when that may be what brings its function down.</param>
    public async Task<DeadLetterSubject> OfMessageAsync(
        WorkQueue queue, Envelope envelope, CancellationToken cancellationToken, bool mayRead = true)
    {
        var subject = new DeadLetterSubject(KindOf(queue, envelope.Kind), envelope.Id);
        try
        {
            return !mayRead || envelope.Kind == ArrivalKind.Uninstall || queue.Stage == WorkStage.Dispatch
                ? subject
                : OfBody(subject, envelope.Kind, await codec.UnpackAsync(envelope.Content, cancellationToken));
        }
        catch (Exception e) when (e is not OperationCanceledException && !FailureClassifier.IsStorageAway(e))
        {
            // Whatever the body is, it is not to keep the message from being kept. Storage that is away keeps it anyway.
            return subject;
        }
    }

    /// <summary>Of a command of the outbox.</summary>
    public static DeadLetterSubject OfCommand(string lane, string id, string json)
    {
        var subject = new DeadLetterSubject("command", id, lane);
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && (document.RootElement.TryGetProperty("entity_id", out var entity) || document.RootElement.TryGetProperty("id", out entity))
                ? subject with { EntityId = entity.ToString() }
                : subject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or an id that is half a surrogate pair.
            return subject;
        }
    }

    private static string KindOf(WorkQueue queue, ArrivalKind kind) => kind switch
    {
        _ when queue.Stage == WorkStage.Dispatch => "bell",
        ArrivalKind.Salesbot => "salesbot",
        ArrivalKind.Chat => "chat",
        ArrivalKind.Uninstall => "uninstall",
        _ => queue.Stage == WorkStage.Events ? "event" : "hook",
    };

    private static DeadLetterSubject OfBody(DeadLetterSubject subject, ArrivalKind kind, ReadOnlyMemory<byte> body)
    {
        switch (kind)
        {
            case ArrivalKind.Webhook:
                var events = WebhookParser.Parse(body).Events;
                var first = events[0];
                return subject with { Entity = first.Entity, Action = first.Action, EntityId = EntityName.Of(first)?.Id, Events = events.Count };
            case ArrivalKind.Salesbot:
                var request = SalesbotBody.Read(body);
                return subject with { Entity = request.EntityType?.Name, EntityId = request.EntityId?.ToString(CultureInfo.InvariantCulture) };
            default:
                return subject;
        }
    }
}
