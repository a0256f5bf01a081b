using Kommo.Simulator.Api;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.OAuth;

/// <summary>Answers at the address that an account had before it was renamed.</summary>
internal static class OldHost
{
    public static Task InvokeAsync(HttpContext http, HostNames hosts, RequestDelegate next)
    {
        if (!hosts.IsOther(http.Connection.LocalPort))
        {
            return next(http);
        }

        return hosts.OldAnswers == 401
            ? http.WriteAsync(Reply.Problem(401, "Unauthorized", "Invalid user name or password"))
            : http.WriteHtmlAsync(404, HtmlPages.NotFound);
    }
}
