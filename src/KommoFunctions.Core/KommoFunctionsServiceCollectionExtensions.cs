using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using KommoFunctions.Accounts;
using KommoFunctions.Chats;
using KommoFunctions.Configuration;
using KommoFunctions.Connecting;
using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Fairness;
using KommoFunctions.Handlers;
using KommoFunctions.Handling;
using KommoFunctions.Holds;
using KommoFunctions.Intake;
using KommoFunctions.Limiting;
using KommoFunctions.Maintenance;
using KommoFunctions.Messaging;
using KommoFunctions.Operations;
using KommoFunctions.Outbox;
using KommoFunctions.OwnWrites;
using KommoFunctions.Reconciliation;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using KommoFunctions.Uninstalling;
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
        services.AddSettings<ConnectOptions>(configuration, "Connect", (options, path) =>
            ConnectOptions.Check(options, path, configuration[$"{KommoFunctionsBuilder.Section}:{nameof(PublicOptions.PublicUrl)}"]));
        services.AddSettings<IntakeOptions>(configuration, "Intake");
        services.AddSettings<RetryOptions>(configuration, "Retry");
        services.AddSettings<LimitOptions>(configuration, "Limit", LimitOptions.Check);
        services.AddSettings<OutboxOptions>(configuration, "Outbox");
        services.AddSettings<FairShareOptions>(configuration, "FairShare");
        services.AddSettings<HoldOptions>(configuration, "Hold");
        services.AddSettings<TokenOptions>(configuration, "Tokens");
        services.AddSettings<ReconciliationOptions>(configuration, "Reconciliation");
        services.AddSettings<MaintenanceOptions>(configuration, "Maintenance");
        services.AddSettings<FollowUpOptions>(configuration, "FollowUp");
    }

    private static void AddStorage(IServiceCollection services, IConfiguration configuration)
    {
        var given = services.LastOrDefault(service => service.ServiceType == typeof(StorageClientSetup))?.ImplementationInstance as StorageClientSetup;
        var connection = new StorageConnection(configuration, given);
        services.AddOptions<StorageCheck>().Configure(_ => connection.Validate()).ValidateOnStart();
        services.AddSingleton(connection);
        services.AddSingleton(s => VaultClients.Create(s.GetRequiredService<IOptions<VaultOptions>>().Value));
        services.AddSingleton(s => new MessageQueues(connection.Queues, s.GetRequiredService<CoreMetrics>(), Time(s)));
        services.AddSingleton(s => new ContentCodec(connection.Blobs.GetBlobContainerClient(ContainerNames.Bodies), Time(s)));
        services.AddSingleton(s => connection.Answers.Clock = new StorageClock(Time(s)));
        services.TryAddSingleton<IStorageClock>(s => s.GetRequiredService<StorageClock>());
        services.AddSingleton(s => Leases(s, connection.Rows(TableNames.Locks)));
        services.AddSingleton(s => new EventLog(connection.Rows(TableNames.Events), Time(s)));
        services.AddSingleton(s => new OutboxStore(connection.Rows(TableNames.Outbox), Leases(s, connection.Rows(TableNames.Outbox))));
        services.AddSingleton(s => new DirectWriteStore(connection.Rows(TableNames.DirectWrites), s.GetRequiredService<IStorageClock>()));
        services.AddSingleton(_ => new HoldStore(connection.Rows(TableNames.Holds)));
        services.AddSingleton(_ => new UsedStates(connection.Rows(TableNames.States)));
        services.AddSingleton(_ => new SweepProgressStore(connection.Rows(TableNames.Retention)));
        services.AddSingleton(s => new AccountStore(connection.Rows(TableNames.Accounts), s.GetRequiredService<ILogger<AccountStore>>()));
        services.AddSingleton(s => new AccountLimiters(
            connection.CreateTables(LimiterClient).GetTableClient(TableNames.Limits),
            s.GetRequiredService<AccountStore>(),
            s.GetRequiredService<IOptions<LimitOptions>>(),
            Time(s),
            s.GetRequiredService<CoreMetrics>(),
            s.GetRequiredService<IMeterFactory>(),
            s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(s => new DeadLetterStore(
            connection.Rows(TableNames.DeadLetters),
            connection.Blobs.GetBlobContainerClient(ContainerNames.DeadLetters),
            s.GetRequiredService<CoreMetrics>(),
            s.GetRequiredService<ILogger<DeadLetterStore>>()));
        services.AddInternal<StorageProvisioner>();
        services.AddHostedService<StorageWarmup>();
    }

    private static void AddPipeline(IServiceCollection services)
    {
        services.AddSingleton<KommoTransport>();
        AddTokens(services);
        services.AddSingleton<AccountSessions>();
        services.AddSingleton<AccountTimeZones>();
        services.AddSingleton<HookKeyRing>();
        services.AddSingleton<HookSubscriptions>();
        services.AddSingleton<FairShare>();
        services.AddSingleton<EventBudget>();
        services.AddSingleton<AccountWork>();
        services.AddSingleton<HoldBell>();
        services.AddSingleton<FailurePolicy>();
        services.AddSingleton<HoldProbe>();
        services.AddSingleton<AccountHolds>();
        services.AddSingleton<HoldRelease>();
        services.AddSingleton<SubjectReader>();
        services.AddSingleton<MessageStage>();
        services.AddSingleton<EventAdmission>();
        services.AddSingleton<Lanes>();
        services.AddSingleton<OutboxWriter>();
        services.AddSingleton<LoopGuard>();
        services.AddSingleton<RefusedCommands>();
        services.AddSingleton<LaneSender>();
        services.AddSingleton<LaneDoubts>();
        services.AddSingleton<LaneDispatcher>();
        services.AddSingleton<MissedEvents>();
        services.AddSingleton<IntegrationKeys>();
        services.AddSingleton(s => new IntakePath(
            s.GetRequiredService<ContentCodec>(),
            new MessageQueues(s.GetRequiredService<StorageConnection>().CreateQueues(IntakeClient), s.GetRequiredService<CoreMetrics>(), Time(s)),
            s.GetRequiredService<FairShare>(),
            s.GetRequiredService<IOptions<IntakeOptions>>(),
            s.GetRequiredService<CoreMetrics>(),
            s.GetRequiredService<IStorageClock>(),
            Time(s),
            s.GetRequiredService<ILogger<IntakePath>>()));
        services.AddInternal<WebhookIntake>();
        services.AddInternal<SalesbotIntake>();
        services.AddInternal<ChatIntake>();
        services.AddInternal<UninstallIntake>();
        services.AddSingleton<UninstallCheck>();
        services.AddSingleton<AccountRemoval>();
        services.AddSingleton<RemovedSecrets>();
        services.AddSingleton<AccountHosts>();
        services.AddSingleton<AccountMoves>();
        services.AddSingleton<AccountSecrets>();
        services.AddSingleton<ChatAccounts>();
        services.AddSingleton<RequestAdmission>();
        services.AddSingleton<HandlerRunner>();
        services.AddSingleton<RequestProcessor>();
        services.AddInternal<HookSplitter>();
        services.AddInternal<EventProcessor>();
        services.AddInternal<CommandDispatcher>();
        services.AddSingleton<AdministratorCheck>();
        services.AddInternal<AccountConnector>();
        services.AddInternal<ConnectEndpoints>();
        services.AddInternal<AccountEndpoints>();
        services.AddInternal<PoisonCollector>();
        services.AddInternal<DeadLetterReplay>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<BodyCheck>();
        services.AddSingleton<DeadLetterEditing>();
        services.AddSingleton<BulkWork>();
        services.AddInternal<DeadLetterEndpoints>();
        services.AddInternal<Reconciler>();
        services.AddInternal<Maintainer>(s => [s.GetRequiredService<StorageConnection>().Blobs.GetBlobContainerClient(ContainerNames.Bodies)]);
        services.AddHostedService<IntakeWarmup>();
    }

    private static void AddTokens(IServiceCollection services)
    {
        services.AddSingleton<TokenVault>();
        services.AddSingleton(s => new TokenCopies(
            s.GetRequiredService<StorageConnection>().Rows(TableNames.TokenCopies),
            s.GetRequiredService<TokenVault>(),
            s.GetRequiredService<ILogger<TokenCopies>>()));
        services.AddSingleton<OAuthClients>();
        services.AddSingleton<AccountStates>();
        services.AddSingleton<TokenReader>();
        services.AddSingleton<TokenRequests>();
        services.AddSingleton<TokenKeeping>();
        services.AddSingleton<TokenHealth>();
        services.AddSingleton<TokenRotation>();
        services.AddSingleton<RotationEnd>();
        services.AddSingleton<RefreshSchedule>();
        services.AddSingleton<CopyAdoption>();
        services.AddSingleton<AccountLook>();
        services.TryAddSingleton<IRotationSteps, NoRotationSteps>();
        services.AddInternal<TokenRefresher>();
        services.AddHostedService<CopyAdoptionAtStart>();
    }

    /// <summary>One quick retry: Kommo waits two seconds for intake's answer, and comes again after a 503.</summary>
    private static QueueClientOptions IntakeClient => new()
    {
        Retry = { Mode = Azure.Core.RetryMode.Fixed, MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(100), NetworkTimeout = TimeSpan.FromMilliseconds(800) },
    };

    /// <summary>No retries: the limiter has its own, which know what a lost answer to a swap means.</summary>
    private static TableClientOptions LimiterClient => new() { Retry = { MaxRetries = 0 } };

    private static RowLeases Leases(IServiceProvider services, VersionedRows rows) =>
        new(rows, services.GetRequiredService<IStorageClock>(), Time(services), services.GetRequiredService<ILogger<RowLeases>>());

    private static TimeProvider Time(IServiceProvider services) => services.GetRequiredService<TimeProvider>();

    /// <summary>Carries the check of the storage connection into the checks at start.</summary>
    private sealed class StorageCheck;
}
