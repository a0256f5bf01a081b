using Azure.Storage.Queues;
using KommoFunctions.Local.App;
using KommoFunctions.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Intake.Load;

/// <summary>The app's routes without its queue listeners, so that what is in the queue stays there, and beside them the bare endpoint.</summary>
internal static class IntakeHost
{
    public const string ReadyLine = "ready";
    public const string BareQueue = "bare";

    public static async Task<int> RunAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
        });
        builder.Services.AddKommoFunctions(builder.Configuration);
        await using var app = builder.Build();
        HttpTriggers.Map(app);
        var queue = new QueueClient(
            builder.Configuration[ConnectionNames.Storage], BareQueue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        app.MapPost("/bare", async (HttpContext http) =>
        {
            await queue.SendMessageAsync(await BinaryData.FromStreamAsync(http.Request.Body, http.RequestAborted), cancellationToken: http.RequestAborted);
            return Results.Text("queued", "text/plain");
        });
        await LocalApp.StartAsync(app, cancellationToken);
        Console.WriteLine(ReadyLine);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = WatchParentAsync(ended);
        await app.WaitForShutdownAsync(ended.Token);
        return 0;
    }

    private static async Task WatchParentAsync(CancellationTokenSource ended)
    {
        var buffer = new byte[16];
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(buffer) > 0)
        {
            // Nothing is expected there but its end.
        }

        await ended.CancelAsync();
    }
}
