using KommoFunctions.Connecting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Sends a browser to Kommo's authorization page. Anonymous: Kommo asks there who may connect the account.</summary>
public sealed class StartConnecting(ConnectEndpoints connect)
{
    /// <summary>Answers with the way there.</summary>
    [Function(nameof(StartConnecting))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = HttpRoutes.ConnectStart)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(connect.StartAsync(cancellationToken));
}
