using KommoFunctions.Connecting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Takes a browser back from Kommo's authorization page. Anonymous: the state is what is checked, with the browser's cookie.</summary>
public sealed class FinishConnecting(ConnectEndpoints connect)
{
    /// <summary>Answers with a page once the account is connected, or that says why it is not.</summary>
    [Function(nameof(FinishConnecting))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = HttpRoutes.ConnectCallback)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(connect.FinishAsync(
            new ConnectCallback
            {
                Code = request.Query["code"],
                State = request.Query["state"],
                Referer = request.Query["referer"],
                ClientId = request.Query["client_id"],
                Error = request.Query["error"],
                Cookies = request.Header("Cookie"),
            },
            cancellationToken));
}
