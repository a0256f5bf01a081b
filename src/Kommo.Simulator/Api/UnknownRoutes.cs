using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.Api;

/// <summary>Gives routing's bare 404 and 405 the problem body that Kommo sends.</summary>
internal static class UnknownRoutes
{
    public static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response.HasStarted || http.Response.ContentType is not null)
        {
            return;
        }

        if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            await http.WriteAsync(Reply.Problem(405, "Method Not Allowed", "Method Not Allowed"));
        }
        else if (http.Response.StatusCode == StatusCodes.Status404NotFound)
        {
            await http.WriteAsync(Reply.NotFound);
        }
    }
}
