using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.Api;

internal static class HttpWriting
{
    public static async Task WriteAsync(this HttpContext http, Reply reply)
    {
        http.Response.StatusCode = reply.Status;
        if (reply.Body is { } body)
        {
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body, JsonNodeJson.Default.JsonNode);
            http.Response.ContentType = reply.ContentType;
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
    }

    public static async Task WriteHtmlAsync(this HttpContext http, int status, string html)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        await http.Response.WriteAsync(html, http.RequestAborted);
    }

    /// <summary>The body as JSON; null when it is empty or no JSON, which Kommo treats alike.</summary>
    public static async Task<JsonNode?> ReadJsonAsync(this HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
