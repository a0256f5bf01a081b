using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KommoFunctions.Emulators.Hosting;

/// <summary>
/// Kestrel on 127.0.0.1 and nothing around it: no configuration from the environment, no logging, and no hand on Ctrl-C,
/// which belongs to the program that this server is a part of.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app, IReadOnlyList<int> ports)
    {
        _app = app;
        Ports = ports;
    }

    /// <summary>The ports that it listens on, in the order in which they were asked for.</summary>
    public IReadOnlyList<int> Ports { get; }

    public static async Task<LoopbackServer> StartAsync(
        IReadOnlyList<LoopbackEndpoint> endpoints, RequestDelegate handler, CancellationToken cancellationToken)
    {
        foreach (var endpoint in endpoints)
        {
            Emulators.Ports.ThrowIfTaken(endpoint.Port, endpoint.Purpose);
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, endpoints));
        var app = builder.Build();
        app.Run(handler);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            await app.DisposeAsync();
            if (failure is IOException { InnerException: AddressInUseException }
                && endpoints.FirstOrDefault(endpoint => endpoint.Port != 0 && !Emulators.Ports.IsFree(endpoint.Port)) is { } taken)
            {
                throw new PortTakenException(taken.Port, taken.Purpose, failure);
            }

            throw;
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new LoopbackServer(app, [.. addresses.Select(address => new Uri(address).Port)]);
    }

    public async ValueTask DisposeAsync()
    {
        // A request that hangs on purpose must not hold up the end.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, IReadOnlyList<LoopbackEndpoint> endpoints)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(5);
        foreach (var endpoint in endpoints)
        {
            kestrel.Listen(IPAddress.Loopback, endpoint.Port, endpoint.Configure);
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>One port of a <see cref="LoopbackServer"/>.</summary>
/// <param name="Port">The TCP port; 0 takes a free one.</param>
/// <param name="Purpose">What it is for, as it reads in a sentence.</param>
/// <param name="Configure">TLS and protocols.</param>
internal sealed record LoopbackEndpoint(int Port, string Purpose, Action<ListenOptions> Configure);
