using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Shows what could not be processed, and why. Takes a function key.</summary>
public sealed class ListDeadLetters(DeadLetterEndpoints letters)
{
    /// <summary>Lists those that the query's filters leave, in pages.</summary>
    [Function(nameof(ListDeadLetters))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = HttpRoutes.DeadLetters)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.ListAsync(name => request.Query[name], cancellationToken));
}
