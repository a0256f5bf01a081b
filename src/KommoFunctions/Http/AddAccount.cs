using KommoFunctions.Accounts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Enters the long-lived token of a private integration. Takes a function key.</summary>
public sealed class AddAccount(AccountEndpoints accounts)
{
    /// <summary>Answers once Kommo has taken the token and it is stored.</summary>
    [Function(nameof(AddAccount))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = HttpRoutes.Accounts)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(accounts.AddAsync(request.Body, request.Header("Content-Type"), cancellationToken));
}
