using Kommo.Http;
using Kommo.OAuth;
using KommoFunctions.Limiting;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>Makes clients of an account's token endpoint. Their requests take permits like any other (law: no request without a permit).</summary>
internal sealed class OAuthClients(
    TokenVault vault, AccountLimiters limiters, KommoTransport transport, IOptions<OAuthOptions> options, TimeProvider time)
{
    public async Task<KommoOAuthClient> CreateAsync(Uri address, CancellationToken cancellationToken)
    {
        var limiter = limiters.Get(address);
        var http = KommoPipeline.CreateClient(
            address,
            new KommoPipelineOptions { Limiter = limiter.Limiter, Observer = limiter, TimeProvider = time },
            transport.Handler);
        var secret = await vault.GetClientSecretAsync(cancellationToken);
        return new KommoOAuthClient(http, new OAuthCredentials(options.Value.ClientId, secret, options.Value.RedirectUri));
    }
}
