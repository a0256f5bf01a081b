using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Puts many dead letters back to where they came from. Takes a function key.</summary>
public sealed class ReplayDeadLetters(DeadLetterEndpoints letters)
{
    /// <summary>Answers once they are back in their queues, with what could not be.</summary>
    [Function(nameof(ReplayDeadLetters))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = HttpRoutes.DeadLettersReplay)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.ReplayManyAsync(request.Body, request.Header("Content-Type"), cancellationToken));
}
