using System.Globalization;
using System.Net;
using KommoFunctions.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

/// <summary>Takes in Kommo's hooks. Anonymous, because Kommo sends no key: the token in the address is what is checked.</summary>
public sealed class ReceiveHook(WebhookIntake intake)
{
    /// <summary>Answers once the hook is in the queue.</summary>
    [Function(nameof(ReceiveHook))]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = HttpRoutes.Hook)] HttpRequestData request,
        string accountId,
        string token,
        CancellationToken cancellationToken)
    {
        var result = await intake.ReceiveAsync(accountId, token, request.Body, ContentLength(request), cancellationToken);
        var response = request.CreateResponse((HttpStatusCode)result.StatusCode);
        response.Headers.Add("Content-Type", "text/plain; charset=utf-8");
        await response.WriteStringAsync(result.Text, cancellationToken);
        return response;
    }

    private static long? ContentLength(HttpRequestData request) =>
        request.Headers.TryGetValues("Content-Length", out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;
}
