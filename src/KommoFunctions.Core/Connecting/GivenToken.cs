using Kommo.Http;

namespace KommoFunctions.Connecting;

/// <summary>A token that is being tried: there is no other one to go on with.</summary>
internal sealed class GivenToken(string token) : IAccessTokenSource
{
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(token);

    public ValueTask<bool> RejectedAsync(string rejected, CancellationToken cancellationToken) => new(false);
}
