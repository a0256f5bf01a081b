namespace Kommo.Http;

/// <summary>Where the pipeline gets the access token of each attempt.</summary>
public interface IAccessTokenSource
{
    /// <summary>The token to send.</summary>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>Kommo answered 401 to this token.</summary>
    /// <returns>True when another one is now available, so that the request is worth repeating.</returns>
    ValueTask<bool> RejectedAsync(string token, CancellationToken cancellationToken);
}
