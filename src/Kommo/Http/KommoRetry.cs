using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace Kommo.Http;

/// <summary>
/// What is repeated within a call, and what is not: a refused token once, with the next one; a read whose connection or
/// server failed. Never a write of unknown fate, a 429, a block or a 504, which the caller must answer in another way.
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
        if (options.ReadRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                Name = "read",
                MaxRetryAttempts = options.ReadRetries,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(IsFailedRead(arguments.Context.GetRequestMessage(), arguments.Outcome)),
            });
        }

        return builder.Build();
    }

    private static bool HasNewToken(HttpRequestMessage? request, HttpResponseMessage? response) =>
        response?.StatusCode == HttpStatusCode.Unauthorized
        && request is not null && request.Options.TryGetValue(KommoRequestOptions.TokenRenewed, out var renewed) && renewed;

    private static bool IsFailedRead(HttpRequestMessage? request, Outcome<HttpResponseMessage> outcome) =>
        request?.Method == HttpMethod.Get
        && (outcome.Exception is KommoConnectionException || (outcome.Result is { } response && IsServerFault(response)));

    /// <summary>A server that asks for a longer wait than a call should take is left to the caller.</summary>
    private static bool IsServerFault(HttpResponseMessage response) =>
        (int)response.StatusCode >= 500
        && response.StatusCode != HttpStatusCode.GatewayTimeout
        && !(response.Headers.RetryAfter?.Delta > LongestDelay);
}
