using System.Text.Json.Nodes;
using Kommo.Simulator.Api;
using Kommo.Simulator.Statistics;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.Faults;

/// <summary>Strikes requests with the faults that were asked for. Refused requests use up none.</summary>
internal sealed class FaultInjection(KommoSimulatorOptions options, FaultPlan plan, StatisticsRecorder statistics, CancellationToken stopping)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/_simulator", StringComparison.OrdinalIgnoreCase)
            || plan.Take(http.Request.Method, http.Request.Path, await CountItemsAsync(http)) is not { } fault)
        {
            await next(http);
            return;
        }

        statistics.RecordFault();
        TimeSpan delay = TimeSpan.FromMilliseconds(fault.DelayMilliseconds);
        switch (fault.Kind)
        {
            case FaultKind.ServerError:
                await http.WriteAsync(new Reply(500, InternalError(), Reply.ProblemType));
                break;
            case FaultKind.GatewayTimeout:
                await http.WriteHtmlAsync(504, HtmlPages.GatewayTimeout);
                break;
            case FaultKind.TooManyRequests:
                await http.WriteAsync(Reply.TooMany(options.RetryAfter));
                break;
            case FaultKind.HtmlForbidden:
                await http.WriteHtmlAsync(403, HtmlPages.Forbidden);
                break;
            case FaultKind.Forbidden:
                await http.WriteAsync(Reply.Forbidden);
                break;
            case FaultKind.PaymentRequired:
                await http.WriteAsync(Reply.Problem(402, "Payment Required", "Account is not paid"));
                break;
            case FaultKind.Unauthorized:
                await http.WriteAsync(Reply.Problem(401, "Unauthorized", "The token was not accepted"));
                break;
            case FaultKind.EmptyForbidden:
                http.Response.StatusCode = 403;
                break;
            case FaultKind.Redirect:
                http.Response.StatusCode = 302;
                http.Response.Headers.Location = "/elsewhere";
                break;
            case FaultKind.HtmlNotFound:
                await http.WriteHtmlAsync(404, HtmlPages.NotFound);
                break;
            case FaultKind.HtmlSuccess:
                await http.WriteHtmlAsync(200, HtmlPages.NotFound);
                break;
            case FaultKind.ConnectionReset:
                http.Abort();
                break;
            case FaultKind.AnswerLost:
                http.Response.Body = Stream.Null;
                await next(http);
                http.Abort();
                break;
            case FaultKind.Stall:
                await WaitAsync(http, delay);
                http.Abort();
                break;
            case FaultKind.Delay:
                await WaitAsync(http, delay);
                await next(http);
                break;
        }
    }

    private async Task WaitAsync(HttpContext http, TimeSpan delay)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        await Task.Delay(delay, options.TimeProvider, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<int> CountItemsAsync(HttpContext http)
    {
        if (plan.All.All(fault => fault.ItemsAbove == 0))
        {
            return 0;
        }

        http.Request.EnableBuffering();
        JsonNode? body = await http.ReadJsonAsync();
        http.Request.Body.Position = 0;
        return (body as JsonArray)?.Count ?? 0;
    }

    private static JsonObject InternalError() => new()
    {
        ["title"] = "ErrInternalServer",
        ["status"] = 500,
        ["detail"] = "Internal server error",
        ["trace_id"] = Guid.NewGuid().ToString("N"),
    };
}
