using KommoFunctions.Accounts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Shows one account. Takes a function key.</summary>
public sealed class GetAccount(AccountEndpoints accounts)
{
    /// <summary>Answers with its state.</summary>
    [Function(nameof(GetAccount))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = HttpRoutes.Account)] HttpRequestData request,
        long accountId,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(accounts.GetAsync(accountId, cancellationToken));
}
