using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Removes a dead letter for good. Takes a function key.</summary>
public sealed class DiscardDeadLetter(DeadLetterEndpoints letters)
{
    /// <summary>Answers once it is gone.</summary>
    [Function(nameof(DiscardDeadLetter))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = HttpRoutes.DeadLetter)] HttpRequestData request,
        long accountId,
        string id,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.DiscardAsync(accountId, id, cancellationToken));
}
