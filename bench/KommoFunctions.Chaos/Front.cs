using System.Collections.Concurrent;
using Kommo.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Chaos;

/// <summary>
/// The one address that Kommo knows, as the platform's front end has it: each hook goes to some process, and a dead one's callers hear 502. It
/// remembers which hooks were acknowledged, and the leads in them.
/// </summary>
internal sealed class Front : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentDictionary<string, AcknowledgedHook> _acknowledged = new();
    private readonly IReadOnlyList<Uri> _processes;
    private readonly Action<string> _log;
    private int _turn;
    private long _attempts;
    private long _refused;

    private Front(WebApplication server, IReadOnlyList<Uri> processes, Action<string> log)
    {
        _server = server;
        _processes = processes;
        _log = log;
    }

    /// <summary>The hooks of which at least one attempt was answered 2xx.</summary>
    public IReadOnlyCollection<AcknowledgedHook> Acknowledged => [.. _acknowledged.Values];

    /// <summary>All attempts to deliver a hook.</summary>
    public long Attempts => Interlocked.Read(ref _attempts);

    /// <summary>Attempts that a process answered 4xx: it was not the process that failed.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public static async Task<Front> StartAsync(int port, IReadOnlyList<Uri> processes, Action<string> log, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.ListenLocalhost(port));
        var front = new Front(builder.Build(), processes, log);
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
        var process = _processes[(int)((uint)Interlocked.Increment(ref _turn) % _processes.Count)];
        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        try
        {
            using var response = await _http.PostAsync(new Uri(process, context.Request.Path + context.Request.QueryString), content, context.RequestAborted);
            if (response.IsSuccessStatusCode)
            {
                Remember(context.Request.Headers["X-Amocrm-Requestid"].ToString(), body.ToArray());
            }
            else if ((int)response.StatusCode is >= 400 and < 500)
            {
                Interlocked.Increment(ref _refused);
                _log($"front | {(int)response.StatusCode} from {process.Port} to {context.Request.Path}");
            }

            context.Response.StatusCode = (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <summary>What a process has acknowledged is to be done, even if the answer does not reach Kommo any more.</summary>
    private void Remember(string id, byte[] body)
    {
        var hook = WebhookParser.Parse(body);
        _acknowledged[id] = new AcknowledgedHook(hook.Account.Id!.Value, [.. hook.Events.OfType<LeadAdded>().Select(lead => lead.EntityId!.Value)]);
    }
}

/// <summary>A hook that the app has answered for.</summary>
/// <param name="Account">The account that it came from.</param>
/// <param name="Leads">The leads that it tells of.</param>
internal sealed record AcknowledgedHook(long Account, IReadOnlyList<long> Leads);
