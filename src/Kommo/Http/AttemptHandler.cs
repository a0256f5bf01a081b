using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kommo.Http;

/// <summary>
/// One attempt: gets a permit, sends, reads the whole answer, and limits the time of both, so that nothing outside waits for a connection any more.
/// Failures leave as <see cref="KommoException"/>. Nothing that takes time comes between the permit and the connection, and the connection looks at
/// the permit again (<see cref="PermitStream"/>).
/// </summary>
internal sealed class AttemptHandler(KommoPipelineOptions options) : DelegatingHandler
{
    private readonly PermitQueue _permits = new(options.Limiter, options.TimeProvider);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A request has to be able to wait for its permit: send it asynchronously.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Above 1.1 requests share a connection, and none could wait for its permit there.
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        using var attempt = new Attempt(request, _permits, options.PermitGoodFor, options.AttemptTimeout, cancellationToken);
        await attempt.BeginAsync().ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(attempt.TimedOut, cancellationToken);
        attempt.Flow();
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(either.Token).ConfigureAwait(false);
            KommoTelemetry.Attempted(request, attempt.Elapsed, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            attempt.ThrowIfKept();
            var failure = Translate(request, e, timedOut: attempt.TimedOut.IsCancellationRequested, answered: response is not null, cancellationToken);
            KommoTelemetry.Attempted(request, attempt.Elapsed, (failure ?? e).GetType().Name);
            if (failure is null)
            {
                throw;
            }

            throw failure;
        }
    }

    private static KommoConnectionException? Translate(
        HttpRequestMessage request, Exception e, bool timedOut, bool answered, CancellationToken cancellationToken) => e switch
        {
            HttpRequestException lost when answered => new(KommoFailure.Of(request), RequestFate.Unknown, lost),
            HttpRequestException lost => ConnectionTranslator.Translate(request, lost),
            // A connection that is cut while it is made can come through as the socket's own exception.
            SocketException or IOException => new(KommoFailure.Of(request), RequestFate.Unknown, e),
            OperationCanceledException when cancellationToken.IsCancellationRequested => null,
            OperationCanceledException when timedOut || answered => new(KommoFailure.Of(request), RequestFate.Unknown, e),
            // Neither the caller nor the attempt's time: the transport's own limit on connecting.
            OperationCanceledException => new(KommoFailure.Of(request), RequestFate.NotSent, e),
            _ => null,
        };
}
