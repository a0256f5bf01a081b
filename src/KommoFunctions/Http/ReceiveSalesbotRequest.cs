using KommoFunctions.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Takes in the requests of Salesbot steps. Anonymous, because Kommo sends no key: the token in the body is what is checked.</summary>
public sealed class ReceiveSalesbotRequest(SalesbotIntake intake)
{
    /// <summary>Answers once the request is in the queue.</summary>
    [Function(nameof(ReceiveSalesbotRequest))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = HttpRoutes.Salesbot)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(intake.ReceiveAsync(request.Body, request.ContentLength(), cancellationToken));
}
