using KommoFunctions.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Takes in the hooks of the Chats API. Anonymous, because Kommo sends no key: the signature of the body is what is checked.</summary>
public sealed class ReceiveChatHook(ChatIntake intake)
{
    /// <summary>Answers once the hook is in the queue.</summary>
    [Function(nameof(ReceiveChatHook))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = HttpRoutes.Chat)] HttpRequestData request,
        string scopeId,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(intake.ReceiveAsync(
            scopeId, request.Header("X-Signature"), request.Body, request.ContentLength(), cancellationToken));
}
