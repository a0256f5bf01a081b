using Kommo.Http;
using Kommo.OAuth;
using KommoFunctions.Connecting;
using KommoFunctions.Limiting;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>Makes clients of an account's token endpoint. Their requests take permits like any other (law: no request without a permit).</summary>
internal sealed class OAuthClients(
    TokenVault vault, AccountLimiters limiters, KommoTransport transport, AccountMoves moves, IOptions<OAuthOptions> options, TimeProvider time)
{
    /// <param name="address">The account's address.</param>
    /// <param name="cancellationToken">Ends the reading of the integration's secret.</param>
    /// <param name="accountId">The account, which is looked for elsewhere when it is not there any more; null while it is not known.</param>
    public async Task<KommoOAuthClient> CreateAsync(Uri address, CancellationToken cancellationToken, long? accountId = null)
    {
        HttpMessageHandler connections = accountId is { } id
            ? new MoveWatch(id, address, moves, () => { }, time) { InnerHandler = transport.Handler }
            : transport.Handler;
        var limiter = limiters.Get(address);
        var http = KommoPipeline.CreateClient(
            address,
            new KommoPipelineOptions { Limiter = limiter.Limiter, Observer = limiter, TimeProvider = time },
            connections);
        var secret = await vault.GetClientSecretAsync(cancellationToken);
        return new KommoOAuthClient(http, new OAuthCredentials(options.Value.ClientId, secret, options.Value.RedirectUri));
    }
}
