namespace KommoFunctions.Connecting;

/// <summary>What a browser brings back from Kommo's authorization page. Anybody can make it up: nothing of it is trusted before it is checked.</summary>
public sealed record ConnectCallback
{
    /// <summary>The query's <c>code</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The query's <c>state</c>; missing when the integration is installed from Kommo's own pages.</summary>
    public string? State { get; init; }

    /// <summary>The query's <c>referer</c>: the account's host.</summary>
    public string? Referer { get; init; }

    /// <summary>The query's <c>client_id</c>.</summary>
    public string? ClientId { get; init; }

    /// <summary>The query's <c>error</c>, such as <c>access_denied</c>.</summary>
    public string? Error { get; init; }

    /// <summary>The request's header <c>Cookie</c>, whole.</summary>
    public string? Cookies { get; init; }

    /// <summary>Says nothing of what it holds: the text may end in a log.</summary>
    public override string ToString() => nameof(ConnectCallback);
}
