using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KommoFunctions.Draining;

/// <summary>What happens when the worker is to end.</summary>
internal static class DrainingExtensions
{
    /// <summary>Lets the invocations that run then end first.</summary>
    public static FunctionsApplicationBuilder AddDraining(this FunctionsApplicationBuilder builder)
    {
        builder.UseMiddleware<RunningInvocations>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunningInvocations>());
        return builder;
    }
}
