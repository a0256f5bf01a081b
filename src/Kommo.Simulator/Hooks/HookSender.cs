using System.Net.Http.Headers;
using System.Text;

namespace Kommo.Simulator.Hooks;

/// <summary>Makes one attempt: the request as Kommo sends it, with two seconds to answer (Kommo: Webhooks, delivery).</summary>
internal sealed class HookSender(TimeProvider time, int concurrency) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxConnectionsPerServer = concurrency,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The answer's status code, or what stands for its absence. Throws only when the simulator stops.</summary>
    public async Task<int> SendAsync(PendingHook hook, CancellationToken stopping)
    {
        using CancellationTokenSource deadline = new(RetrySchedule.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        using HttpRequestMessage request = new(HttpMethod.Post, hook.Destination);
        request.Headers.TryAddWithoutValidation("User-Agent", "amoCRM-Webhooks/3.0");
        request.Headers.TryAddWithoutValidation("X-Amocrm-Requestid", hook.RequestId);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(hook.Body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)response.StatusCode;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return RetrySchedule.DeadlinePassed;
        }
        catch (HttpRequestException) when (!stopping.IsCancellationRequested)
        {
            return RetrySchedule.NoAnswer;
        }
    }

    public void Dispose() => _http.Dispose();
}
