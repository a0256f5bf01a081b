namespace KommoFunctions;

/// <summary>The HTTP routes, below <see cref="Prefix"/>. The functions and the local host take them from here.</summary>
public static class HttpRoutes
{
    /// <summary>The first part of every path, as <c>host.json</c> says too.</summary>
    public const string Prefix = "api";

    /// <summary>POST: a hook. Open to anybody; the token is what tells Kommo's.</summary>
    public const string Hook = "hooks/{accountId}/{token}";

    /// <summary>POST: the request of a Salesbot step (<c>widget_request</c>). Open to anybody; the token in its body is what tells Kommo's.</summary>
    public const string Salesbot = "salesbot";

    /// <summary>
    /// POST: a hook of the Chats API. Open to anybody; its signature is what tells Kommo's. The address to register for a channel ends with
    /// <c>/api/chats/:scope_id</c>.
    /// </summary>
    public const string Chat = "chats/{scopeId}";

    /// <summary>GET: an account has removed the integration. Open to anybody; its signature is what tells Kommo's.</summary>
    public const string Uninstall = "uninstall";

    /// <summary>GET: the dead letters, filtered and in pages. For operators.</summary>
    public const string DeadLetters = "dead-letters";

    /// <summary>GET: shows one. DELETE: discards it. For operators.</summary>
    public const string DeadLetter = "dead-letters/{accountId:long}/{id}";

    /// <summary>POST: puts one back to where it came from. For operators.</summary>
    public const string DeadLetterReplay = "dead-letters/{accountId:long}/{id}/replay";

    /// <summary>PUT: replaces the body that a replay will use. DELETE: puts the original one back. For operators.</summary>
    public const string DeadLetterBody = "dead-letters/{accountId:long}/{id}/body";

    /// <summary>POST: puts those that a filter finds back to where they came from. For operators.</summary>
    public const string DeadLettersReplay = "dead-letters/replay";

    /// <summary>POST: discards those that a filter finds. For operators.</summary>
    public const string DeadLettersDiscard = "dead-letters/discard";

    /// <summary>GET: begins connecting an account. Open to anybody: Kommo asks who may.</summary>
    public const string ConnectStart = "oauth/start";

    /// <summary>GET: where Kommo's authorization page leads back to; the redirect address to register ends with it. Open to anybody; the state is what tells ours.</summary>
    public const string ConnectCallback = "oauth/callback";

    /// <summary>GET: the accounts. POST: enters a long-lived token. For operators.</summary>
    public const string Accounts = "accounts";

    /// <summary>GET: one account. DELETE: removes it. For operators.</summary>
    public const string Account = "accounts/{accountId:long}";

    /// <summary>POST: has a refresh token that Kommo has refused tried once more. For operators.</summary>
    public const string AccountRetryToken = "accounts/{accountId:long}/retry-token";
}
