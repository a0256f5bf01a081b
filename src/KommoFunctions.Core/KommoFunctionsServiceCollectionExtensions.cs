using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using KommoFunctions.Accounts;
using KommoFunctions.Configuration;
using KommoFunctions.DeadLetters;
using KommoFunctions.Handlers;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using KommoFunctions.Limiting;
using KommoFunctions.Locks;
using KommoFunctions.Maintenance;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;
using KommoFunctions.Reconciliation;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions;

/// <summary>Registers the integration.</summary>
public static class KommoFunctionsServiceCollectionExtensions
{
    /// <summary>
    /// Adds everything between Kommo's hooks and your handlers, and from your handlers back to Kommo. All settings are checked at start: a missing
    /// or wrong one stops the app with a line that names it and says what it should look like.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configuration">The settings: <c>KommoStorage</c> and the section <c>KommoFunctions</c>.</param>
    /// <returns>The builder to add handlers with.</returns>
    public static KommoFunctionsBuilder AddKommoFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        AddSettings(services, configuration);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CoreMetrics>();
        AddStorage(services, configuration);
        AddPipeline(services);
        var registry = new HandlerRegistry();
        services.AddSingleton(registry);
        return new KommoFunctionsBuilder(services, registry);
    }

    private static void AddSettings(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<PublicOptions>(configuration, null, PublicOptions.Check);
        services.AddSettings<VaultOptions>(configuration, "KeyVault", VaultOptions.Check);
        services.AddSettings<OAuthOptions>(configuration, "OAuth", OAuthOptions.Check);
        services.AddSettings<IntakeOptions>(configuration, "Intake");
        services.AddSettings<RetryOptions>(configuration, "Retry");
        services.AddSettings<LimitOptions>(configuration, "Limit");
        services.AddSettings<OutboxOptions>(configuration, "Outbox");
        services.AddSettings<TokenOptions>(configuration, "Tokens");
        services.AddSettings<ReconciliationOptions>(configuration, "Reconciliation");
        services.AddSettings<MaintenanceOptions>(configuration, "Maintenance");
        services.AddSettings<FollowUpOptions>(configuration, "FollowUp");
    }

    private static void AddStorage(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IStartupValidator>(new StorageConnectionValidator(configuration, null));
        services.AddSingleton(new StorageConnection(configuration));
        services.AddSingleton(s => s.GetRequiredService<StorageConnection>().CreateTables());
        services.AddSingleton(s => s.GetRequiredService<StorageConnection>().CreateBlobs());
        services.AddSingleton(s => s.GetRequiredService<StorageConnection>().CreateQueues());
        services.AddSingleton(s => VaultClients.Create(s.GetRequiredService<IOptions<VaultOptions>>().Value));
        services.AddSingleton(s => new StorageProvisioner(s.GetRequiredService<StorageConnection>()));
        services.AddHostedService<StorageWarmup>();
        services.AddSingleton(s => new LockStore(Table(s, TableNames.Locks), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new EventLog(Table(s, TableNames.Events), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new OutboxStore(Table(s, TableNames.Outbox)));
        services.AddSingleton(s => new AccountStore(Table(s, TableNames.Accounts)));
        services.AddSingleton(s => new ContentCodec(Container(s, ContainerNames.Bodies), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new DeadLetterStore(
            Table(s, TableNames.DeadLetters), Container(s, ContainerNames.DeadLetters), s.GetRequiredService<CoreMetrics>(), Logger<DeadLetterStore>(s)));
    }

    private static void AddPipeline(IServiceCollection services)
    {
        // The public entry points keep their constructors to themselves, so each is made by a line of its own.
    }

    private static TableClient Table(IServiceProvider services, string name) => services.GetRequiredService<TableServiceClient>().GetTableClient(name);

    private static BlobContainerClient Container(IServiceProvider services, string name) =>
        services.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(name);

    private static ILogger<T> Logger<T>(IServiceProvider services) => services.GetRequiredService<ILogger<T>>();
}
