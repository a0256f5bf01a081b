using System.Collections.Concurrent;
using Kommo.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Chaos;

/// <summary>
/// The one address that Kommo knows, as the platform's front end has it: each hook goes to some process, and a dead one's callers hear 502. It
/// remembers of which leads a hook was acknowledged.
/// </summary>
internal sealed class Front : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentDictionary<(long Account, long Lead), bool> _acknowledged = new();
    private readonly Uri[] _processes;
    private int _turn;
    private long _attempts;

    private Front(WebApplication server, Uri[] processes)
    {
        _server = server;
        _processes = processes;
    }

    public IReadOnlyCollection<(long Account, long Lead)> Acknowledged => [.. _acknowledged.Keys];

    public long Attempts => Interlocked.Read(ref _attempts);

    public static async Task<Front> StartAsync(int port, Uri[] processes, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.ListenLocalhost(port));
        var front = new Front(builder.Build(), processes);
        front._server.Run(front.ForwardAsync);
        await front._server.StartAsync(cancellationToken);
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        Interlocked.Increment(ref _attempts);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var process = _processes[(uint)Interlocked.Increment(ref _turn) % _processes.Length];
        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        try
        {
            using var response = await _http.PostAsync(new Uri(process, context.Request.Path + context.Request.QueryString), content, context.RequestAborted);
            if (response.IsSuccessStatusCode)
            {
                Remember(body.ToArray());
            }

            context.Response.StatusCode = (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <summary>What a process has acknowledged is to be done, even if the answer does not reach Kommo any more.</summary>
    private void Remember(byte[] body)
    {
        var hook = WebhookParser.Parse(body);
        foreach (var lead in hook.Events.OfType<LeadAdded>())
        {
            _acknowledged[(hook.Account.Id!.Value, lead.EntityId!.Value)] = true;
        }
    }
}
