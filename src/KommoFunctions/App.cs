using KommoFunctions.Handlers;
using KommoFunctions.Telemetry;
using Microsoft.Extensions.Hosting;

namespace KommoFunctions;

/// <summary>What the app is made of, for the Functions worker and for its tests.</summary>
internal static class App
{
    /// <summary>Adds the integration with its handlers, and telemetry. Your own handlers go here.</summary>
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.Services.AddKommoFunctions(builder.Configuration)
            .AddHandler<FollowUpOnNewLead>();
    }
}
