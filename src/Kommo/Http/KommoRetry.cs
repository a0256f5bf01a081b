using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace Kommo.Http;

/// <summary>
/// What is repeated within a call, and what is not. A refused token: once, with the next one. A request that never reached
/// Kommo: always. A lost answer or a failing server: only where twice is as good as once, as for reads, deletions and
/// changes, and not for creations. Never a 429, a block or a 504, which the caller must answer in another way.
/// </summary>
internal static class KommoRetry
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    public static ResiliencePipeline<HttpResponseMessage> Build(KommoPipelineOptions options)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.TimeProvider };
        builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            Name = "token",
            MaxRetryAttempts = 1,
            Delay = TimeSpan.Zero,
            ShouldHandle = arguments => ValueTask.FromResult(HasNewToken(arguments.Context.GetRequestMessage(), arguments.Outcome.Result)),
        });
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                Name = "failure",
                MaxRetryAttempts = options.Retries,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(IsWorthRepeating(arguments.Context.GetRequestMessage(), arguments.Outcome, options.RepeatChanges)),
            });
        }

        return builder.Build();
    }

    private static bool HasNewToken(HttpRequestMessage? request, HttpResponseMessage? response) =>
        response?.StatusCode == HttpStatusCode.Unauthorized
        && request is not null && request.Options.TryGetValue(KommoRequestOptions.TokenRenewed, out var renewed) && renewed;

    private static bool IsWorthRepeating(HttpRequestMessage? request, Outcome<HttpResponseMessage> outcome, bool repeatChanges) => outcome switch
    {
        { Exception: KommoConnectionException { Fate: RequestFate.NotSent } } => true,
        { Exception: KommoConnectionException } => IsRepeatable(request, repeatChanges),
        { Result: { } response } => IsServerFault(response) && IsRepeatable(request, repeatChanges),
        _ => false,
    };

    private static bool IsRepeatable(HttpRequestMessage? request, bool repeatChanges) =>
        request is not null
        && (request.Method == HttpMethod.Get
            || (repeatChanges && request.Options.TryGetValue(KommoRequestOptions.Repeatable, out var repeatable) && repeatable));

    /// <summary>A server that asks for a longer wait than a call should take is left to the caller.</summary>
    private static bool IsServerFault(HttpResponseMessage response) =>
        (int)response.StatusCode >= 500
        && response.StatusCode != HttpStatusCode.GatewayTimeout
        && !(response.Headers.RetryAfter?.Delta > LongestDelay);
}
