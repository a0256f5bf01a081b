using KommoFunctions.DeadLetters;
using KommoFunctions.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KommoFunctions.Local.App;

/// <summary>The HTTP routes of the Functions app.</summary>
internal static class HttpTriggers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(HttpRoutes.Prefix);
        api.MapPost(HttpRoutes.Hook, async (HttpContext http, WebhookIntake intake, string accountId, string token) =>
        {
            string? signature = http.Request.Headers["X-Signature"].FirstOrDefault() ?? http.Request.Query["signature"];
            return Answer(await intake.ReceiveAsync(
                accountId, token, http.Request.Body, http.Request.ContentLength, signature, http.RequestAborted));
        });
        api.MapPost(HttpRoutes.Salesbot, async (HttpContext http, SalesbotIntake intake) =>
            Answer(await intake.ReceiveAsync(http.Request.Body, http.Request.ContentLength, http.RequestAborted)));
        api.MapPost(HttpRoutes.Chat, async (HttpContext http, ChatIntake intake, string scopeId) => Answer(await intake.ReceiveAsync(
            scopeId, http.Request.Headers["X-Signature"], http.Request.Body, http.Request.ContentLength, http.RequestAborted)));
        api.MapGet(HttpRoutes.Uninstall, async (HttpContext http, UninstallIntake intake) => Answer(await intake.ReceiveAsync(
            http.Request.Query["client_uuid"], http.Request.Query["account_id"], http.Request.Query["signature"], http.RequestAborted)));
        api.MapGet(HttpRoutes.DeadLetters, (DeadLetterEndpoints letters, string? account, CancellationToken ct) =>
            AnswerAsync(letters.ListAsync(account, ct)));
        api.MapPost(HttpRoutes.DeadLetterReplay, (DeadLetterEndpoints letters, long accountId, string id, CancellationToken ct) =>
            AnswerAsync(letters.ReplayAsync(accountId, id, ct)));
        api.MapDelete(HttpRoutes.DeadLetter, (DeadLetterEndpoints letters, long accountId, string id, CancellationToken ct) =>
            AnswerAsync(letters.DiscardAsync(accountId, id, ct)));
    }

    private static IResult Answer(IntakeResult result) => Results.Text(result.Text, "text/plain", statusCode: result.StatusCode);

    private static async Task<IResult> AnswerAsync(Task<JsonAnswer> answer)
    {
        var (statusCode, json) = await answer;
        return new JsonResult(statusCode, json);
    }

    private sealed class JsonResult(int statusCode, ReadOnlyMemory<byte> json) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = statusCode;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            await httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted);
        }
    }
}
