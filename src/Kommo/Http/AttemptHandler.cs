using System.Globalization;
using System.Net.Sockets;

namespace Kommo.Http;

/// <summary>
/// One attempt: sends, reads the whole answer, and limits the time of both, so that nothing outside waits for a
/// connection any more. Failures leave as <see cref="KommoConnectionException"/>.
/// </summary>
internal sealed class AttemptHandler(TimeSpan timeout, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(either.Token).ConfigureAwait(false);
            KommoTelemetry.Attempted(request, time.GetElapsedTime(started), ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            var failure = Translate(request, e, timedOut: limit.IsCancellationRequested, answered: response is not null, cancellationToken);
            KommoTelemetry.Attempted(request, time.GetElapsedTime(started), (failure ?? e).GetType().Name);
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
