using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Kommo;
using Kommo.OAuth;
using KommoFunctions.DeadLetters;

namespace KommoFunctions.Messaging;

internal enum FailureKind
{
    /// <summary>Nothing failed: it is somebody else's turn, or not time yet.</summary>
    Waiting,

    /// <summary>Trouble outside that passes.</summary>
    Transient,

    /// <summary>An error that may be of the handler's own making; tried a few times.</summary>
    Error,

    /// <summary>Trying again changes nothing.</summary>
    Permanent,
}

/// <summary>What an exception means for the message that it came from.</summary>
internal sealed record Failure(FailureKind Kind, string Error, Exception Exception, TimeSpan? RetryAfter = null, string? Reason = null)
{
    /// <summary>First and last error together, six bytes a character at worst, within what <see cref="ContentCodec"/> leaves room for.</summary>
    private const int MaxText = 500;

    public static Failure Of(Exception e) => e switch
    {
        PermanentFailureException permanent => new(FailureKind.Permanent, permanent.Message, e, Reason: permanent.Reason),
        UnreadableMessageException => new(FailureKind.Permanent, e.Message, e, Reason: DeadLetterReasons.Unreadable),
        NotNowException { RetryAfter: not null } later => new(FailureKind.Waiting, e.Message, e, later.RetryAfter),
        NotNowException => new(FailureKind.Transient, e.Message, e),
        KommoException { IsTransient: true } kommo => new(FailureKind.Transient, Text(e), e, kommo.RetryAfter),
        // The account waits for its administrator: nothing is wrong with the message.
        KommoUnauthorizedException or KommoGrantRejectedException or KommoPaymentRequiredException => new(FailureKind.Transient, Text(e), e),
        RequestFailedException { Status: 0 or 403 or 404 or 408 or 429 or >= 500 } => new(FailureKind.Transient, Text(e), e),
        AuthenticationFailedException or AggregateException or HttpRequestException or SocketException or IOException or TimeoutException or OperationCanceledException
            => new(FailureKind.Transient, Text(e), e),
        _ => new(FailureKind.Error, Text(e), e),
    };

    /// <summary>
    /// The type and the beginning of the first line: Azure's exceptions go on for pages, headers included, and the text travels in the
    /// message, twice.
    /// </summary>
    private static string Text(Exception e)
    {
        var message = e.Message.AsSpan();
        var end = message.IndexOfAny('\r', '\n');
        message = end < 0 ? message : message[..end];
        return $"{e.GetType().Name}: {(message.Length <= MaxText ? message : message[..MaxText])}";
    }
}
