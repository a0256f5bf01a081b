namespace Kommo.Http;

/// <summary>What a request tells the handlers on its way.</summary>
public static class KommoRequestOptions
{
    /// <summary>The route without ids, such as <c>/api/v4/leads/{id}</c>: what errors, traces and metrics name.</summary>
    public static HttpRequestOptionsKey<string> RouteTemplate { get; } = new("Kommo.RouteTemplate");

    /// <summary>Set when Kommo refused the token and the source has another one, so that the request is worth repeating.</summary>
    internal static HttpRequestOptionsKey<bool> TokenRenewed { get; } = new("Kommo.TokenRenewed");

    /// <summary>Set when the request may be sent again although it is not known what became of the first.</summary>
    internal static HttpRequestOptionsKey<bool> Repeatable { get; } = new("Kommo.Repeatable");
}
