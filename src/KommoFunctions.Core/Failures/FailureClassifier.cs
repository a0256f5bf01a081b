using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Kommo;
using KommoFunctions.Tokens;

namespace KommoFunctions.Failures;

/// <summary>Says what an exception means. The only place that does; what is done about it, <see cref="FailurePolicy"/> decides.</summary>
internal static class FailureClassifier
{
    /// <summary>First and last error together, six bytes a character at worst, have to fit beside the content of a message.</summary>
    private const int MaxText = 500;

    public static Failure Classify(Exception e) => e switch
    {
        AggregateException many => OfMany(many, many.Flatten().InnerExceptions),
        KommoWriteException write => OfMany(write, write.Results.Select(result => result.Error).OfType<Exception>()),
        AlreadyDoneException => new(FailureKind.Processed, e.Message, e),
        PermanentFailureException permanent => new(FailureKind.Permanent, e.Message, e) { Reason = permanent.Reason },
        UnreadableMessageException => new(FailureKind.Permanent, e.Message, e) { Reason = DeadLetterReasons.Unreadable },
        NeedsAuthorizationException unauthorized => new(FailureKind.Waiting, e.Message, e)
        {
            RetryAfter = unauthorized.RetryAfter,
            Account = HoldReason.NeedsAuthorization,
            AccountId = unauthorized.AccountId,
        },
        NotNowException { MadeProgress: true } progress => new(FailureKind.Progress, e.Message, e) { RetryAfter = progress.RetryAfter },
        NotNowException { RetryAfter: { } later } => new(FailureKind.Waiting, e.Message, e) { RetryAfter = later },
        NotNowException => new(FailureKind.Transient, e.Message, e),
        KommoException kommo => OfKommo(kommo),
        RequestFailedException { Status: 0 or 403 or 404 or 408 or 429 or >= 500 } => new(FailureKind.Transient, Text(e), e),
        // A table, queue or container that was removed is refused for half a minute, to be made anew as well.
        RequestFailedException { Status: 409, ErrorCode: { } code } when code.EndsWith("BeingDeleted", StringComparison.Ordinal) => new(FailureKind.Transient, Text(e), e),
        FileNotFoundException or DirectoryNotFoundException or PathTooLongException => new(FailureKind.Error, Text(e), e),
        AuthenticationFailedException or HttpRequestException or SocketException or IOException or TimeoutException or OperationCanceledException
            => new(FailureKind.Transient, Text(e), e),
        _ => new(FailureKind.Error, Text(e), e),
    };

    /// <summary>
    /// Whether storage or the vault cannot be reached, refuses, or the identity that opens them does: nothing that was asked of them is known to be done.
    /// The Azure SDK throws the second kind after its last repetition, and the third when no token comes.
    /// </summary>
    public static bool IsStorageAway(Exception e) => e is RequestFailedException or AggregateException or AuthenticationFailedException;

    private static Failure OfKommo(KommoException e)
    {
        var failure = new Failure(FailureKind.Transient, Text(e), e) { RetryAfter = e.RetryAfter };
        return e.Category switch
        {
            KommoErrorCategory.Transient => failure with { Account = HoldReason.Away },
            KommoErrorCategory.Throttled => failure with { Account = HoldReason.Limited },
            KommoErrorCategory.Blocked => failure with { Account = HoldReason.Blocked },
            KommoErrorCategory.Unauthorized => failure with { Account = HoldReason.NeedsAuthorization },
            KommoErrorCategory.PaymentRequired => failure with { Account = HoldReason.Unpaid },
            KommoErrorCategory.IntegrationRejected => failure with { Account = HoldReason.Misconfigured },
            KommoErrorCategory.Forbidden or KommoErrorCategory.Rejected => failure with { Kind = FailureKind.Error },
            _ => throw new InvalidOperationException($"The category {e.Category} has no meaning here yet."),
        };
    }

    /// <summary>Of several failures the one counts that waiting helps least: a null reference among timeouts is still a null reference.</summary>
    private static Failure OfMany(Exception whole, IEnumerable<Exception> parts) =>
        parts.Select(Classify).MaxBy(failure => failure.Kind) is { } worst
            ? worst with { Exception = whole }
            : new Failure(FailureKind.Error, Text(whole), whole);

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
