using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Start;

/// <summary>The Functions host as a worker sees it: a gRPC server on a free port of 127.0.0.1 that workers connect to.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerConnection>> _workers = new();

    private FunctionsHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<WorkerService>();
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public static async Task<FunctionsHost> StartAsync(CancellationToken cancellationToken)
    {
        var host = new FunctionsHost();
        await host._app.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>Waits until the worker has opened its stream.</summary>
    public Task<WorkerConnection> ConnectedAsync(string workerId) => Slot(workerId).Task;

    public void Connected(string workerId, WorkerConnection connection) => Slot(workerId).SetResult(connection);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private TaskCompletionSource<WorkerConnection> Slot(string workerId) =>
        _workers.GetOrAdd(workerId, _ => new TaskCompletionSource<WorkerConnection>(TaskCreationOptions.RunContinuationsAsynchronously));
}
