namespace Kommo.Http;

/// <summary>One token that is never renewed, as a private integration's long-lived one (Kommo: Long-lived tokens).</summary>
/// <param name="token">The token.</param>
public sealed class StaticAccessToken(string token) : IAccessTokenSource
{
    /// <inheritdoc />
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(token);

    /// <inheritdoc />
    public ValueTask<bool> RejectedAsync(string token, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
