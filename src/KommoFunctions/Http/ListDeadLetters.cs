using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Shows what could not be processed, and why. Takes a function key.</summary>
public sealed class ListDeadLetters(DeadLetterEndpoints letters)
{
    /// <summary>Lists those of the account in <c>account</c>, or of all.</summary>
    [Function(nameof(ListDeadLetters))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = HttpRoutes.DeadLetters)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(letters.ListAsync(request.Query["account"], cancellationToken));
}
