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
            var result = await intake.ReceiveAsync(accountId, token, http.Request.Body, http.Request.ContentLength, http.RequestAborted);
            return Results.Text(result.Text, "text/plain", statusCode: result.StatusCode);
        });
        api.MapGet(HttpRoutes.DeadLetters, (DeadLetterEndpoints letters, string? account, CancellationToken ct) =>
            AnswerAsync(letters.ListAsync(account, ct)));
        api.MapPost(HttpRoutes.DeadLetterReplay, (DeadLetterEndpoints letters, long accountId, string id, CancellationToken ct) =>
            AnswerAsync(letters.ReplayAsync(accountId, id, ct)));
        api.MapDelete(HttpRoutes.DeadLetter, (DeadLetterEndpoints letters, long accountId, string id, CancellationToken ct) =>
            AnswerAsync(letters.DiscardAsync(accountId, id, ct)));
    }

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
