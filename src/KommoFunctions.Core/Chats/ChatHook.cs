using System.Text.Json;
using System.Text.Json.Serialization;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Chats;

/// <summary>A hook of the Chats API, version 2 (Kommo: Chats API, webhooks): a message of a user's, or an action such as typing or a reaction.</summary>
public sealed record ChatHook
{
    /// <summary>The account's id in the Chats API (<c>amojo_id</c>).</summary>
    public string? AccountId { get; init; }

    /// <summary>The scope that the hook came for; requests to the Chats API name it.</summary>
    [JsonIgnore]
    public string ScopeId { get; init; } = string.Empty;

    /// <summary>When it was sent, unix seconds.</summary>
    public long? Time { get; init; }

    /// <summary>A message with its sender and conversation; null for an action.</summary>
    public ChatMessageEvent? Message { get; init; }

    /// <summary>An action such as <c>typing</c> or <c>reaction</c>, as it came; null for a message.</summary>
    public JsonElement? Action { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <exception cref="PermanentFailureException">The body is no hook of the Chats API.</exception>
    internal static ChatHook Read(ReadOnlyMemory<byte> body, string? scopeId)
    {
        try
        {
            if (JsonSerializer.Deserialize(body.Span, ChatJson.Default.ChatHook) is { AccountId.Length: > 0 } hook)
            {
                return hook with { ScopeId = scopeId ?? string.Empty };
            }
        }
        catch (JsonException e)
        {
            throw new PermanentFailureException(DeadLetterReasons.NotAHook, "The body is no hook of the Chats API.", e);
        }

        throw new PermanentFailureException(DeadLetterReasons.NotAHook, "The body is a hook of the Chats API without an account.");
    }
}

/// <summary>A message and what surrounds it.</summary>
public sealed record ChatMessageEvent
{
    /// <summary>The client that it is for.</summary>
    public ChatParty? Receiver { get; init; }

    /// <summary>The user who wrote it.</summary>
    public ChatParty? Sender { get; init; }

    /// <summary>The conversation.</summary>
    public ChatParty? Conversation { get; init; }

    /// <summary>The source of the channel.</summary>
    public ChatSource? Source { get; init; }

    /// <summary>When it was written, unix seconds.</summary>
    public long? Timestamp { get; init; }

    /// <summary>When it was written, unix milliseconds.</summary>
    public long? MsecTimestamp { get; init; }

    /// <summary>The message.</summary>
    public ChatMessage? Message { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>A person or a conversation.</summary>
public sealed record ChatParty
{
    /// <summary>Kommo's id.</summary>
    public string? Id { get; init; }

    /// <summary>Your id.</summary>
    public string? ClientId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>A source.</summary>
public sealed record ChatSource
{
    /// <summary>Your id of it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>What was written or sent.</summary>
public sealed record ChatMessage
{
    /// <summary>Kommo's id of it: delivery reports name it.</summary>
    public string? Id { get; init; }

    /// <summary>The type: <c>text</c>, <c>picture</c>, <c>file</c>, <c>voice</c>...</summary>
    public string? Type { get; init; }

    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The address of the file.</summary>
    public string? Media { get; init; }

    /// <summary>The file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>The file's size in bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>Everything else: <c>markup</c>, <c>template</c>...</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ChatHook))]
internal sealed partial class ChatJson : JsonSerializerContext;
