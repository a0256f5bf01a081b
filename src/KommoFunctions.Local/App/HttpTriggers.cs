using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
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
        var open = routes.MapGroup(HttpRoutes.Prefix).WithMetadata(Callers.Anybody);
        var api = routes.MapGroup(HttpRoutes.Prefix).WithMetadata(Callers.Operators);
        open.MapPost(HttpRoutes.Hook, async (HttpContext http, WebhookIntake intake, string accountId, string token) =>
        {
            string? signature = http.Request.Headers["X-Signature"].FirstOrDefault() ?? http.Request.Query["signature"];
            return Answer(await intake.ReceiveAsync(
                accountId, token, http.Request.Body, http.Request.ContentLength, signature, http.RequestAborted));
        });
        open.MapPost(HttpRoutes.Salesbot, async (HttpContext http, SalesbotIntake intake) =>
            Answer(await intake.ReceiveAsync(http.Request.Body, http.Request.ContentLength, http.RequestAborted)));
        open.MapPost(HttpRoutes.Chat, async (HttpContext http, ChatIntake intake, string scopeId) => Answer(await intake.ReceiveAsync(
            scopeId, http.Request.Headers["X-Signature"], http.Request.Body, http.Request.ContentLength, http.RequestAborted)));
        open.MapGet(HttpRoutes.Uninstall, async (HttpContext http, UninstallIntake intake) => Answer(await intake.ReceiveAsync(
            http.Request.Query["client_uuid"], http.Request.Query["account_id"], http.Request.Query["signature"], http.RequestAborted)));
        MapConnecting(open);
        MapDeadLetters(api);
        MapAccounts(api);
    }

    private static void MapDeadLetters(RouteGroupBuilder api)
    {
        api.MapGet(HttpRoutes.DeadLetters, (HttpContext http, DeadLetterEndpoints letters) =>
            AnswerAsync(letters.ListAsync(name => http.Request.Query[name], http.RequestAborted)));
        api.MapGet(HttpRoutes.DeadLetter, (DeadLetterEndpoints letters, long accountId, string id, CancellationToken ct) =>
            AnswerAsync(letters.GetAsync(accountId, id, ct)));
        api.MapPut(HttpRoutes.DeadLetterBody, (HttpContext http, DeadLetterEndpoints letters, long accountId, string id) => AnswerAsync(letters.EditAsync(
            accountId, id, http.Request.Body, http.Request.ContentType, http.Request.Headers.IfMatch, http.RequestAborted)));
        api.MapDelete(HttpRoutes.DeadLetterBody, (HttpContext http, DeadLetterEndpoints letters, long accountId, string id) =>
            AnswerAsync(letters.UndoEditAsync(accountId, id, http.Request.Headers.IfMatch, http.RequestAborted)));
        api.MapPost(HttpRoutes.DeadLetterReplay, (DeadLetterEndpoints letters, long accountId, string id, CancellationToken ct) =>
            AnswerAsync(letters.ReplayAsync(accountId, id, ct)));
        api.MapDelete(HttpRoutes.DeadLetter, (DeadLetterEndpoints letters, long accountId, string id, CancellationToken ct) =>
            AnswerAsync(letters.DiscardAsync(accountId, id, ct)));
        api.MapPost(HttpRoutes.DeadLettersReplay, (HttpContext http, DeadLetterEndpoints letters) =>
            AnswerAsync(letters.ReplayManyAsync(http.Request.Body, http.Request.ContentType, http.RequestAborted)));
        api.MapPost(HttpRoutes.DeadLettersDiscard, (HttpContext http, DeadLetterEndpoints letters) =>
            AnswerAsync(letters.DiscardManyAsync(http.Request.Body, http.Request.ContentType, http.RequestAborted)));
    }

    private static void MapConnecting(RouteGroupBuilder open)
    {
        open.MapGet(HttpRoutes.ConnectStart, (ConnectEndpoints connect, CancellationToken ct) => AnswerAsync(connect.StartAsync(ct)));
        open.MapGet(HttpRoutes.ConnectCallback, (HttpContext http, ConnectEndpoints connect) => AnswerAsync(connect.FinishAsync(
            new ConnectCallback
            {
                Code = http.Request.Query["code"],
                State = http.Request.Query["state"],
                Referer = http.Request.Query["referer"],
                ClientId = http.Request.Query["client_id"],
                Error = http.Request.Query["error"],
                Cookies = http.Request.Headers.Cookie,
            },
            http.RequestAborted)));
    }

    private static void MapAccounts(RouteGroupBuilder api)
    {
        api.MapGet(HttpRoutes.Accounts, (AccountEndpoints accounts, CancellationToken ct) => AnswerAsync(accounts.ListAsync(ct)));
        api.MapPost(HttpRoutes.Accounts, (HttpContext http, AccountEndpoints accounts) =>
            AnswerAsync(accounts.AddAsync(http.Request.Body, http.Request.ContentType, http.RequestAborted)));
        api.MapGet(HttpRoutes.Account, (AccountEndpoints accounts, long accountId, CancellationToken ct) =>
            AnswerAsync(accounts.GetAsync(accountId, ct)));
        api.MapDelete(HttpRoutes.Account, (AccountEndpoints accounts, long accountId, CancellationToken ct) =>
            AnswerAsync(accounts.RemoveAsync(accountId, ct)));
        api.MapPost(HttpRoutes.AccountRetryToken, (AccountEndpoints accounts, long accountId, CancellationToken ct) =>
            AnswerAsync(accounts.RetryTokenAsync(accountId, ct)));
    }

    private static IResult Answer(IntakeResult result) => Results.Text(result.Text, "text/plain", statusCode: result.StatusCode);

    private static async Task<IResult> AnswerAsync(Task<HttpAnswer> answer) => new PlainResult(await answer);

    private sealed class PlainResult(HttpAnswer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = answer.StatusCode;
            foreach (var (name, value) in answer.Headers)
            {
                httpContext.Response.Headers[name] = value;
            }

            httpContext.Response.ContentType = answer.ContentType;
            await httpContext.Response.Body.WriteAsync(answer.Content, httpContext.RequestAborted);
        }
    }
}
