using Azure;
using KommoFunctions.Handlers;
using KommoFunctions.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Local.App;

/// <summary>The app without the Functions host: the same core behind the same routes, queues and timers.</summary>
internal static class LocalApp
{
    /// <param name="port">The port on 127.0.0.1.</param>
    /// <param name="settings">Settings to begin with; environment variables win over them.</param>
    /// <param name="quiet">Whether only warnings are logged.</param>
    /// <param name="logging">Where else to log.</param>
    public static WebApplication Build(
        int port, IReadOnlyDictionary<string, string?> settings, bool quiet, Action<ILoggingBuilder>? logging = null)
    {
        // Not "Development", whatever the environment says: its error page would tell callers of exceptions.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.Logging.SetMinimumLevel(quiet ? LogLevel.Warning : LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // It writes whole addresses, and with them the codes of the callback. Exact, so that a setting for all of "Microsoft" does not let it speak.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Error);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging?.Invoke(builder.Logging);
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        builder.Services.AddKommoFunctions(builder.Configuration).AddHandler<FollowUpOnNewLead>();
        builder.Services.AddHostedService<QueueTriggers>();
        builder.Services.AddHostedService<TimerTriggers>();

        var app = builder.Build();
        HttpTriggers.Map(app);
        return app;
    }

    /// <summary>
    /// Lets nobody in before the way of a hook has been gone once, so that the first one is answered as fast as the others. Storage or the vault being away
    /// is no reason not to start: hooks are answered 503 until they are back, as in Azure.
    /// </summary>
    public static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        try
        {
            await app.Services.GetRequiredService<WebhookIntake>().WarmUpAsync(cancellationToken);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // It is tried, and told, once more beside the start.
        }

        await app.StartAsync(cancellationToken);
    }
}
