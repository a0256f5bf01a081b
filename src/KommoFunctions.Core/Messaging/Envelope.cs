using System.Text.Json;
using System.Text.Json.Serialization;
using KommoFunctions.Failures;

namespace KommoFunctions.Messaging;

/// <summary>
/// A queue message: where it came from, what went wrong with it so far, and its content. It is JSON text, since the Functions host hands
/// a message to an isolated worker as a string and would damage binary content.
/// </summary>
internal sealed record Envelope
{
    /// <summary>The version of this layout. A reader refuses a later one.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>The message's identity over all its attempts: of a hook chosen at intake, of an event derived from its content.</summary>
    public required string Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ArrivalKind Kind { get; init; }

    /// <summary>The account; 0 where only the content tells.</summary>
    public required long AccountId { get; init; }

    /// <summary>The scope of the chat channel that a chat's hook came for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scope { get; init; }

    /// <summary>When the hook was taken in.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When this attempt may begin: when the message was put into its queue, or put back, and its delay is over. Null before it is in one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The hook that an event came with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HookId { get; init; }

    public required Content Content { get; init; }

    /// <summary>What went wrong so far; null at the first attempt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailureHistory? Failures { get; init; }

    /// <summary>The dead letter that this message is a replay of; it is removed when the message is done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DeadLetterId { get; init; }

    public BinaryData ToBinaryData() => new(JsonSerializer.SerializeToUtf8Bytes(this, EnvelopeJson.Compact.Envelope));

    /// <exception cref="UnreadableMessageException">The message is not an envelope of a known version.</exception>
    public static Envelope Parse(BinaryData message)
    {
        Envelope? envelope;
        try
        {
            envelope = JsonSerializer.Deserialize(message, EnvelopeJson.Compact.Envelope);
        }
        catch (JsonException e)
        {
            throw new UnreadableMessageException("The message is not an envelope of this app.", e);
        }

        return envelope switch
        {
            null => throw new UnreadableMessageException("The message is empty."),
            { Version: > CurrentVersion } => throw new UnreadableMessageException(
                $"The message has layout {envelope.Version}; this app reads up to {CurrentVersion}. Deploy the version that wrote it, then replay."),
            _ => envelope,
        };
    }
}
