using System.Reflection;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Handling;
using KommoFunctions.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KommoFunctions.Core.Tests.Conventions;

public sealed class ServiceTests(AzuriteFixture azurite)
{
    private static readonly Assembly Core = typeof(KommoFunctionsBuilder).Assembly;

    /// <summary>Given to the user's code, never asked for.</summary>
    private static readonly Type[] HandedOut = [typeof(KommoFunctionsBuilder), typeof(EventContext)];

    [Fact]
    public async Task Every_public_service_resolves()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var services = Core.GetExportedTypes().Where(IsService).ToList();

        Assert.True(services.Count >= 12, $"Only {services.Count} services were found.");
        Assert.All(services, type => Assert.NotNull(host.Process.Services.GetService(type)));
    }

    [Fact]
    public async Task Every_hosted_service_is_registered_and_resolves()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);

        var hosted = host.Process.Services.GetServices<IHostedService>().Select(service => service.GetType()).Where(type => type.Assembly == Core);

        Assert.Equal(
            Core.GetTypes().Where(type => typeof(IHostedService).IsAssignableFrom(type) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
            hosted.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_hosted_services_start_and_stop()
    {
        await using var host = await CoreHost.StartAsync(azurite, o => o.Connected = false);
        var hosted = host.StartProcess().Services.GetServices<IHostedService>().ToList();

        foreach (var service in hosted)
        {
            await service.StartAsync(CancellationToken.None);
        }

        await Task.WhenAll(hosted.OfType<BackgroundService>().Select(service => service.ExecuteTask!));
        foreach (var service in hosted)
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    private static bool IsService(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && !HandedOut.Contains(type)
        && type.GetMethod("<Clone>$") is null
        && type.GetConstructors().Length == 0
        && type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Any(constructor => constructor.IsAssembly);
}
