using System.Net;
using System.Net.Http.Headers;

namespace Kommo.Http;

/// <summary>Puts the token on each attempt, and marks a refused one as worth repeating when the source has another.</summary>
internal sealed class TokenHandler(IAccessTokenSource tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        try
        {
            var renewed = await tokens.RejectedAsync(token, cancellationToken).ConfigureAwait(false);
            request.Options.Set(KommoRequestOptions.TokenRenewed, renewed);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
