using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Kommo.Tests.Support;

/// <summary>A real server on loopback that answers as a test tells it to, and remembers what it was asked.</summary>
internal sealed class KommoServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _requests = new();

    private KommoServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    public static async Task<KommoServer> StartAsync(Func<SeenRequest, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel((KestrelServerOptions kestrel) => kestrel.Limits.MaxRequestBodySize = null);
        var server = new KommoServer(builder.Build());
        server._app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var request = new SeenRequest(
                context.Request.Method,
                context.Request.Path,
                Uri.UnescapeDataString(context.Request.QueryString.Value ?? ""),
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync());
            server._requests.Enqueue(request);
            await answer(request, context);
        });
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers each request with the next one of the answers; the last one stays.</summary>
    public static Task<KommoServer> StartAsync(params Answer[] answers)
    {
        var next = -1;
        return StartAsync((_, context) => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)].WriteAsync(context));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record SeenRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

internal sealed record Answer(int Status, string Body = "", string ContentType = "application/hal+json")
{
    public (string Name, string Value)[] Headers { get; init; } = [];

    public static Answer Problem(int status, string body) => new(status, body, "application/problem+json");

    public static Answer Html(int status) => new(status, "<html><head><title>403 Forbidden</title></head><body>nginx</body></html>", "text/html");

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (Body.Length > 0)
        {
            context.Response.ContentType = ContentType;
            await context.Response.WriteAsync(Body);
        }
    }
}
