using System.Net;

namespace Kommo.Http;

/// <summary>Tells the observer when Kommo's answer is about limits.</summary>
internal sealed class LimitObserverHandler(ILimitObserver observer, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            observer.Served();
            return response;
        }

        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden))
        {
            return response;
        }

        try
        {
            await ReportAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async ValueTask ReportAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var retryAfter = ResponseTranslator.RetryAfter(response, ProblemReader.TryRead(body), time.GetUtcNow());
            await observer.RateLimitedAsync(retryAfter, cancellationToken).ConfigureAwait(false);
        }
        else if (ResponseTranslator.IsBlock(response, body))
        {
            await observer.BlockedAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
