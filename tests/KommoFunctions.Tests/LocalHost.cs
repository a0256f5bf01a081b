using KommoFunctions.Local.App;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KommoFunctions.Tests;

/// <summary>The local host, built and not started: the routes, queues and timers that it stands in for the Functions host with.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    /// <summary>Any: nothing listens before a start.</summary>
    private const int Port = 7071;

    private readonly WebApplication _app = LocalApp.Build(Port, SampleServices.Settings(), quiet: true);

    public IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>();

    public IReadOnlyList<QueueTrigger> Queues => Hosted<QueueTriggers>().Triggers;

    public IReadOnlyList<TimerTrigger> Timers => Hosted<TimerTriggers>().Triggers;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private T Hosted<T>() => _app.Services.GetServices<IHostedService>().OfType<T>().Single();
}
