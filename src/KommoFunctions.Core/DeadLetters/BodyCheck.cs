using System.Text;
using System.Text.Json;
using Kommo.Webhooks;
using KommoFunctions.Chats;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Salesbot;

namespace KommoFunctions.DeadLetters;

/// <summary>Sees whether a body that an operator gives can be processed: read by the same code that will read it after the replay.</summary>
internal sealed class BodyCheck(Lanes lanes)
{
    /// <returns>What is wrong with the body; null when nothing is.</returns>
    public string? ProblemOfCommand(string lane, string json)
    {
        if (CommandText.Plain(json).Length is var length and > CommandText.MaxLength)
        {
            return $"A command should have at most {CommandText.MaxLength} characters; this one has {length}.";
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "A command should be a JSON object.";
            }

            lanes[lane].Check(json);
            return null;
        }
        catch (UnreadableMessageException e)
        {
            return e.Message;
        }
        catch (JsonException e)
        {
            return $"The body should be the JSON of a command of '{lane}': {e.Message}";
        }
    }

    /// <inheritdoc cref="ProblemOfCommand"/>
    public string? ProblemOfMessage(WorkQueue queue, ArrivalKind kind, long accountId, ReadOnlyMemory<byte> body)
    {
        try
        {
            return (queue.Stage, kind) switch
            {
                (WorkStage.Dispatch, _) => ProblemOfBell(Encoding.UTF8.GetString(body.Span)),
                (_, ArrivalKind.Salesbot) => ProblemOfAccount(SalesbotBody.Read(body).AccountId, accountId),
                (_, ArrivalKind.Chat) => ChatHook.Read(body, scopeId: null) is null ? "The body is no hook of the Chats API." : null,
                (_, ArrivalKind.Uninstall) => "An uninstall hint has no body to edit; it can be replayed or discarded.",
                _ => ProblemOfHook(WebhookParser.Parse(body), isEvent: queue.Stage == WorkStage.Events, accountId),
            };
        }
        catch (Exception e) when (e is WebhookFormatException or PermanentFailureException)
        {
            return $"The body should be what Kommo sends: {e.Message}";
        }
    }

    private static string? ProblemOfHook(Webhook hook, bool isEvent, long accountId) => isEvent && hook.Events.Count != 1
        ? $"The body should hold one event; this one holds {hook.Events.Count}."
        : ProblemOfAccount(hook.Account.Id ?? accountId, accountId);

    private static string? ProblemOfAccount(long found, long expected) =>
        found == expected ? null : $"The body should be of account {expected}; this one is of account {found}.";

    private string? ProblemOfBell(string names)
    {
        try
        {
            foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries).DefaultIfEmpty(string.Empty))
            {
                _ = lanes[name];
            }

            return null;
        }
        catch (UnreadableMessageException e)
        {
            return $"The body should be the names of lanes, with blanks between them: {e.Message}";
        }
    }
}
