using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Shows a dead letter with its body and its history. Takes a function key.</summary>
public sealed class GetDeadLetter(DeadLetterEndpoints letters)
{
    /// <summary>Answers with all that is known of it.</summary>
    [Function(nameof(GetDeadLetter))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = HttpRoutes.DeadLetter)] HttpRequestData request,
        long accountId,
        string id,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.GetAsync(accountId, id, cancellationToken));
}
