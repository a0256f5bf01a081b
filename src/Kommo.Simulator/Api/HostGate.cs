using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.Api;

/// <summary>Keeps the hosts apart: files and chats are served nowhere but on their own, and the account nowhere else.</summary>
internal static class HostGate
{
    public static Task InvokeAsync(HttpContext http, RequestDelegate next, int drivePort, int chatsPort)
    {
        PathString path = http.Request.Path;
        bool isDrive = http.Connection.LocalPort == drivePort;
        bool isChats = http.Connection.LocalPort == chatsPort;
        bool fits = path.StartsWithSegments("/v1.0", StringComparison.Ordinal) == isDrive
            && path.StartsWithSegments("/v2/origin", StringComparison.Ordinal) == isChats;
        return fits ? next(http) : http.WriteAsync(Reply.NotFound);
    }
}
