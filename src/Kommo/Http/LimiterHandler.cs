using System.Net;
using System.Threading.RateLimiting;

namespace Kommo.Http;

/// <summary>Takes one permit per attempt, and tells the observer when Kommo's answer was about limits.</summary>
internal sealed class LimiterHandler(RateLimiter limiter, ILimitObserver? observer, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var lease = await AcquireAsync(request, cancellationToken).ConfigureAwait(false);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (observer is null || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden))
        {
            return response;
        }

        try
        {
            await ReportAsync(observer, response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async ValueTask<RateLimitLease> AcquireAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var lease = await limiter.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        KommoTelemetry.PermitWaited(request, time.GetElapsedTime(started), lease.IsAcquired);
        if (lease.IsAcquired)
        {
            return lease;
        }

        var retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : (TimeSpan?)null;
        lease.Dispose();
        throw new KommoPermitUnavailableException(KommoFailure.Of(request) with { RetryAfter = retryAfter });
    }

    private async ValueTask ReportAsync(ILimitObserver observer, HttpResponseMessage response, CancellationToken cancellationToken)
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
