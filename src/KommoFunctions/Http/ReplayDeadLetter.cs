using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Puts a dead letter back to where it came from. Takes a function key.</summary>
public sealed class ReplayDeadLetter(DeadLetterEndpoints letters)
{
    /// <summary>Answers once it is back in its queue.</summary>
    [Function(nameof(ReplayDeadLetter))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = HttpRoutes.DeadLetterReplay)] HttpRequestData request,
        long accountId,
        string id,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.ReplayAsync(accountId, id, cancellationToken));
}
