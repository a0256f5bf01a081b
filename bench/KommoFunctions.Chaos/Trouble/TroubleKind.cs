namespace KommoFunctions.Chaos.Trouble;

/// <summary>A way to fail.</summary>
internal enum TroubleKind
{
    /// <summary>Connections, new or open, are reset for a time.</summary>
    Away,

    /// <summary>Connections that are open are reset, or requests before they are acted on.</summary>
    Reset,

    /// <summary>No byte moves for a time.</summary>
    Stall,

    /// <summary>Everything takes longer for a time.</summary>
    Slow,

    /// <summary>It acts; then the connection is cut after a part of the answer.</summary>
    HalfAnswer,

    /// <summary>It acts; then the connection is cut before the answer.</summary>
    AnswerLost,

    /// <summary>A request is neither acted on nor answered, and after a time cut.</summary>
    NoAnswer,

    /// <summary>429.</summary>
    TooManyRequests,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>504.</summary>
    GatewayTimeout,

    /// <summary>Kommo's HTML 403, after which the app leaves the account alone for a while.</summary>
    Blocked,

    /// <summary>401, once.</summary>
    Unauthorized,

    /// <summary>403 that says nothing, once.</summary>
    EmptyForbidden,

    /// <summary>302 to another address.</summary>
    Redirect,

    /// <summary>404 with a web page.</summary>
    HtmlNotFound,

    /// <summary>200 with a web page, and nothing was done.</summary>
    HtmlSuccess,

    /// <summary>402 to everything that is asked of an account, for a time.</summary>
    Suspended,

    /// <summary>The key of the hook addresses is replaced.</summary>
    KeyReplaced,
}
