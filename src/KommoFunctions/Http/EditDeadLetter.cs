using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Replaces the body that a replay of a dead letter will use. Takes a function key.</summary>
public sealed class EditDeadLetter(DeadLetterEndpoints letters)
{
    /// <summary>Answers once the new body is stored, with the dead letter.</summary>
    [Function(nameof(EditDeadLetter))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = HttpRoutes.DeadLetterBody)] HttpRequestData request,
        long accountId,
        string id,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.EditAsync(
            accountId, id, request.Body, request.Header("Content-Type"), request.Header("If-Match"), cancellationToken));
}
