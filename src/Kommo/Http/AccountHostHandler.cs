namespace Kommo.Http;

/// <summary>Keeps requests, and the token with them, on the account's own host (Kommo: Limitations, "account host").</summary>
internal sealed class AccountHostHandler(Uri account) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        AccountAddress.SameHost(request.RequestUri, account)
            ? base.SendAsync(request, cancellationToken)
            : throw new InvalidOperationException("The request is for another host than the account's.");
}
