using System.Text;
using Microsoft.AspNetCore.Http;

namespace KommoFunctions.Emulators.Storage;

/// <summary>503 as storage words it (Storage REST API: common error codes): tables answer in JSON, the others in XML.</summary>
internal static class ServerBusyResponse
{
    private const string Xml =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>ServerBusy</Code><Message>The server is busy.</Message></Error>";

    private const string Json =
        """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"The server is busy."}}}""";

    public static async Task WriteAsync(HttpContext context, StorageService service)
    {
        var (contentType, body) = service is StorageService.Table ? ("application/json", Json) : ("application/xml", Xml);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = contentType;
        context.Response.Headers["x-ms-error-code"] = "ServerBusy";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
    }
}
