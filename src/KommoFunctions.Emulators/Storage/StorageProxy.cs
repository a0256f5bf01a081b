using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Emulators.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KommoFunctions.Emulators.Storage;

/// <summary>
/// An HTTP proxy on 127.0.0.1 in front of Azurite, which the Azure SDKs do not notice: it counts their requests and, on
/// demand, makes storage slow, busy, silent or forgetful of its answers. The callers' signatures stay valid, since they
/// cover the path and not the host.
/// </summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly StorageProxyHandler _handler;

    private StorageProxy(LoopbackServer server, StorageProxyHandler handler, StorageFaults faults, StorageStatistics statistics)
    {
        _server = server;
        _handler = handler;
        Faults = faults;
        Statistics = statistics;
    }

    /// <summary>What goes wrong on the way.</summary>
    public StorageFaults Faults { get; }

    /// <summary>Counts of the requests so far.</summary>
    public StorageStatistics Statistics { get; }

    /// <summary>The blob service's address through the proxy, account included.</summary>
    public Uri BlobEndpoint => Endpoint(StorageService.Blob);

    /// <summary>The queue service's address through the proxy, account included.</summary>
    public Uri QueueEndpoint => Endpoint(StorageService.Queue);

    /// <summary>The table service's address through the proxy, account included.</summary>
    public Uri TableEndpoint => Endpoint(StorageService.Table);

    /// <summary>A connection string for all three services through the proxy, as the Azure SDKs take it.</summary>
    public string ConnectionString => AzuriteProcess.BuildConnectionString(BlobEndpoint, QueueEndpoint, TableEndpoint);

    /// <summary>Starts the proxy on three free ports.</summary>
    public static async Task<StorageProxy> StartAsync(StorageProxyOptions options, CancellationToken cancellationToken)
    {
        var faults = new StorageFaults(options.Seed);
        var statistics = new StorageStatistics();
        var backends = new Dictionary<StorageService, int>
        {
            [StorageService.Blob] = options.BlobBackendPort,
            [StorageService.Queue] = options.QueueBackendPort,
            [StorageService.Table] = options.TableBackendPort,
        };
        var handler = new StorageProxyHandler(backends, faults, statistics, options.TimeProvider);
        var endpoints = Enum.GetValues<StorageService>()
            .Select(service => new LoopbackEndpoint(0, $"the storage proxy's {service} service", listen => Configure(listen, service, faults)))
            .ToList();
        var server = await LoopbackServer.StartAsync(
            endpoints,
            context => handler.HandleAsync((StorageService)context.Features[typeof(StorageService)]!, context),
            cancellationToken);
        return new StorageProxy(server, handler, faults, statistics);
    }

    /// <summary>Stops the proxy; open requests are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _handler.Dispose();
    }

    private static void Configure(ListenOptions listen, StorageService service, StorageFaults faults)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection =>
        {
            if (faults.RefuseConnections)
            {
                connection.Abort();
                return Task.CompletedTask;
            }

            connection.Features[typeof(StorageService)] = service;
            return next(connection);
        });
    }

    private Uri Endpoint(StorageService service) => new($"http://127.0.0.1:{_server.Ports[(int)service]}/{AzuriteProcess.AccountName}");
}
