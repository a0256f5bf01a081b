using System.Text;
using Microsoft.AspNetCore.Http;

namespace KommoFunctions.Emulators.Storage;

/// <summary>A server's fault as storage words it (Storage REST API: common error codes): tables answer in JSON, the others in XML.</summary>
internal static class ServerFaultResponse
{
    public static async Task WriteAsync(HttpContext context, StorageService service, StorageFaultKind kind)
    {
        var (status, code, message) = kind switch
        {
            StorageFaultKind.ServerError => (StatusCodes.Status500InternalServerError, "InternalError", "The server encountered an internal error. Please retry the request."),
            StorageFaultKind.GatewayTimeout => (StatusCodes.Status504GatewayTimeout, "GatewayTimeout", "The gateway had no answer in time."),
            _ => (StatusCodes.Status503ServiceUnavailable, "ServerBusy", "The server is busy."),
        };
        var (contentType, body) = service is StorageService.Table
            ? ("application/json", $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"{{{{message}}}}"}}}""")
            : ("application/xml", $"""<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>""");
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers["x-ms-error-code"] = code;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
    }
}
