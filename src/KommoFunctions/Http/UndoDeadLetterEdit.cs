using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Gives a dead letter its original body back. Takes a function key.</summary>
public sealed class UndoDeadLetterEdit(DeadLetterEndpoints letters)
{
    /// <summary>Answers once the original is what a replay will use, with the dead letter.</summary>
    [Function(nameof(UndoDeadLetterEdit))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = HttpRoutes.DeadLetterBody)] HttpRequestData request,
        long accountId,
        string id,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.UndoEditAsync(accountId, id, request.Header("If-Match"), cancellationToken));
}
