using KommoFunctions.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Hears that an account removed the integration. Anonymous, because Kommo sends no key: the signature is what is checked.</summary>
public sealed class ReceiveUninstall(UninstallIntake intake)
{
    /// <summary>Answers once the hint is in the queue.</summary>
    [Function(nameof(ReceiveUninstall))]
    public Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = HttpRoutes.Uninstall)] HttpRequestData request,
        CancellationToken cancellationToken) =>
        request.AnswerAsync(intake.ReceiveAsync(
            request.Query["client_uuid"], request.Query["account_id"], request.Query["signature"], cancellationToken));
}
