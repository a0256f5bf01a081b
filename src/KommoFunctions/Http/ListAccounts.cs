using KommoFunctions.Accounts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Shows the accounts and their states. Takes a function key.</summary>
public sealed class ListAccounts(AccountEndpoints accounts)
{
    /// <summary>Lists all of them.</summary>
    [Function(nameof(ListAccounts))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = HttpRoutes.Accounts)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(accounts.ListAsync(cancellationToken));
}
