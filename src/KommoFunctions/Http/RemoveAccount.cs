using KommoFunctions.Accounts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Treats an account as one that removed the integration. Takes a function key.</summary>
public sealed class RemoveAccount(AccountEndpoints accounts)
{
    /// <summary>Answers once nothing more is done for it.</summary>
    [Function(nameof(RemoveAccount))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = HttpRoutes.Account)] HttpRequestData request,
        long accountId,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(accounts.RemoveAsync(accountId, cancellationToken));
}
