using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Removes many dead letters for good. Takes a function key.</summary>
public sealed class DiscardDeadLetters(DeadLetterEndpoints letters)
{
    /// <summary>Answers once they are gone, with what is not.</summary>
    [Function(nameof(DiscardDeadLetters))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = HttpRoutes.DeadLettersDiscard)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.DiscardManyAsync(request.Body, request.Header("Content-Type"), cancellationToken));
}
