using KommoFunctions.Accounts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Has an account's refresh token tried once more. Takes a function key.</summary>
public sealed class RetryToken(AccountEndpoints accounts)
{
    /// <summary>Answers with the account, or with how Kommo refused.</summary>
    [Function(nameof(RetryToken))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = HttpRoutes.AccountRetryToken)] HttpRequestData request,
        long accountId,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(accounts.RetryTokenAsync(accountId, cancellationToken));
}
