using KommoFunctions.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Takes in Kommo's hooks. Anonymous, because Kommo sends no key: the token in the address is what is checked.</summary>
public sealed class ReceiveHook(WebhookIntake intake)
{
    /// <summary>Answers once the hook is in the queue.</summary>
    [Function(nameof(ReceiveHook))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = HttpRoutes.Hook)] HttpRequestData request,
        string accountId,
        string token,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(intake.ReceiveAsync(
            accountId,
            token,
            request.Body,
            request.ContentLength(),
            request.Header("X-Signature") ?? request.Query["signature"],
            cancellationToken));
}
