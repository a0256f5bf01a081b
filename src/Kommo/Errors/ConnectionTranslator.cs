namespace Kommo;

/// <summary>Finds the exception that a missing answer means.</summary>
internal static class ConnectionTranslator
{
    /// <summary>The exception for a request whose connection failed, before it was made or after.</summary>
    public static KommoConnectionException Translate(HttpRequestMessage request, HttpRequestException failure) =>
        new(KommoFailure.Of(request), FateOf(failure.HttpRequestError), failure);

    /// <summary>Name resolution, connecting, TLS and the proxy come before the first byte of the request.</summary>
    private static RequestFate FateOf(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError => RequestFate.NotSent,
        _ => RequestFate.Unknown,
    };
}
