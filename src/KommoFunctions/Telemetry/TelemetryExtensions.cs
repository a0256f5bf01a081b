using System.Data.Common;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace KommoFunctions.Telemetry;

/// <summary>Traces, metrics and logs of the worker, to Application Insights where that is set up.</summary>
internal static class TelemetryExtensions
{
    /// <summary>The settings that the Functions host reads, too.</summary>
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>This repository's activity sources and meters, and every HTTP request: those to Kommo, Storage and Key Vault.</summary>
    private static readonly string[] Sources = ["Kommo*", "TableRateLimiting*", "System.Net.Http"];

    /// <summary>Adds OpenTelemetry; exports only where <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> is set.</summary>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(Sources).AddProcessor(new QueryRedaction()))
            .WithMetrics(metrics => metrics.AddMeter(Sources));
        telemetry.UseFunctionsWorkerDefaults();
        if (!string.IsNullOrWhiteSpace(builder.Configuration[ConnectionString]))
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = builder.Configuration[ConnectionString];
                options.Credential = Credential(builder.Configuration[Authentication]);
            });
        }

        return builder;
    }

    /// <summary>Reads the host's notation, <c>ClientId=...;Authorization=AAD</c>; without it the connection string's key is used.</summary>
    private static ManagedIdentityCredential? Credential(string? authentication)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = authentication ?? "" };
        if (!settings.TryGetValue("Authorization", out var kind) || kind is not "AAD")
        {
            return null;
        }

        return new ManagedIdentityCredential(
            settings.TryGetValue("ClientId", out var id) ? ManagedIdentityId.FromUserAssignedClientId((string)id) : ManagedIdentityId.SystemAssigned);
    }
}
