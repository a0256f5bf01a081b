using System.Text;
using System.Text.Unicode;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;

namespace KommoFunctions.DeadLetters;

/// <summary>Takes the body out of a dead message, for a person to read: unpacked, with escapes undone, without what must not be shown.</summary>
internal sealed class BodyReader(ContentCodec codec)
{
    public async Task<ShownBody> ReadAsync(string source, BinaryData message, CancellationToken cancellationToken)
    {
        if (message.ToMemory().IsEmpty)
        {
            return new ShownBody(null, false, "The blob that held it is gone.");
        }

        if (RefusedCommands.IsSource(source))
        {
            return Show(message.ToMemory());
        }

        Envelope envelope;
        try
        {
            envelope = Envelope.Parse(message);
        }
        catch (UnreadableMessageException e)
        {
            return Show(message.ToMemory()) with { Problem = e.Message };
        }

        try
        {
            return Show(await codec.UnpackAsync(envelope.Content, cancellationToken));
        }
        catch (Exception e) when (e is UnreadableMessageException or AlreadyDoneException)
        {
            return new ShownBody(null, false, e.Message);
        }
    }

    private static ShownBody Show(ReadOnlyMemory<byte> body) => Utf8.IsValid(body.Span)
        ? new ShownBody(TokenRedaction.Of(ReadableForm.Of(Encoding.UTF8.GetString(body.Span))), false, null)
        : new ShownBody(Convert.ToBase64String(body.Span), true, null);
}

/// <summary>A body as it is shown.</summary>
/// <param name="Text">The text; null when there is none any more.</param>
/// <param name="IsBase64">Whether the text is base64 of a body that is no text.</param>
/// <param name="Problem">What is wrong with it, if it could not be read.</param>
internal sealed record ShownBody(string? Text, bool IsBase64, string? Problem);
