namespace KommoFunctions.Failures;

/// <summary>Why something could not be processed.</summary>
public static class DeadLetterReasons
{
    /// <summary>The queue message is not one that this app wrote, or its body is gone.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The body that was posted to the hook address is no Kommo webhook.</summary>
    public const string NotAHook = "not-a-hook";

    /// <summary>The body's <c>account[id]</c> is not the account of the address that it was posted to.</summary>
    public const string AccountMismatch = "account-mismatch";

    /// <summary>One hook holds more events than <c>KommoFunctions:Intake:MaxEventsPerHook</c> allows: each of them would cost money.</summary>
    public const string TooManyEvents = "too-many-events";

    /// <summary>The account is not connected.</summary>
    public const string UnknownAccount = "unknown-account";

    /// <summary>The account has removed the integration. Replay it once the account is connected again.</summary>
    public const string AccountRemoved = "account-removed";

    /// <summary>Nobody has registered a handler for what Kommo asks: a Salesbot step, a chat.</summary>
    public const string NoHandler = "no-handler";

    /// <summary>A handler failed by an error of its own as often as is allowed.</summary>
    public const string HandlerFailed = "handler-failed";

    /// <summary>Kommo refused the request for what is in it.</summary>
    public const string Refused = "refused-by-kommo";

    /// <summary>A command whose request's answer was lost, so that Kommo may have carried it out: look there before it is replayed.</summary>
    public const string InDoubt = "in-doubt";

    /// <summary>A transient failure lasted longer than messages are retried.</summary>
    public const string GaveUp = "gave-up";

    /// <summary>The message brought its function down, again and again.</summary>
    public const string Poison = "poison";

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        Unreadable, NotAHook, AccountMismatch, TooManyEvents, UnknownAccount, AccountRemoved, NoHandler, HandlerFailed, Refused, InDoubt, GaveUp, Poison,
    ];
}
