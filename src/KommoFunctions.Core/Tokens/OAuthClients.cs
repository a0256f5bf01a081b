using System.Threading.RateLimiting;
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
    /// <param name="accountId">The account, which is looked for elsewhere when it is not there any more.</param>
    /// <param name="address">Its address.</param>
    /// <param name="cancellationToken">Ends the reading of the integration's secret.</param>
    public Task<KommoOAuthClient> CreateAsync(long accountId, Uri address, CancellationToken cancellationToken)
    {
        var limiter = limiters.Get(address);
        var watch = new MoveWatch(accountId, address, moves, () => { }, time) { InnerHandler = transport.Handler };
        return CreateAsync(address, limiter.Limiter, limiter, watch, cancellationToken);
    }

    /// <param name="address">The address of an account that is being connected.</param>
    /// <param name="limiter">Its permits.</param>
    /// <param name="cancellationToken">Ends the reading of the integration's secret.</param>
    public Task<KommoOAuthClient> CreateAsync(Uri address, ConnectingLimiter limiter, CancellationToken cancellationToken) =>
        CreateAsync(address, limiter, limiter, transport.Handler, cancellationToken);

    private async Task<KommoOAuthClient> CreateAsync(
        Uri address, RateLimiter limiter, ILimitObserver observer, HttpMessageHandler connections, CancellationToken cancellationToken)
    {
        var http = KommoPipeline.CreateClient(
            address, new KommoPipelineOptions { Limiter = limiter, Observer = observer, TimeProvider = time }, connections);
        var secret = await vault.GetClientSecretAsync(cancellationToken);
        return new KommoOAuthClient(http, new OAuthCredentials(options.Value.ClientId, secret, options.Value.RedirectUri));
    }
}
