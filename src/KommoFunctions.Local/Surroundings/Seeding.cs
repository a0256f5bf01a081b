using Azure.Security.KeyVault.Secrets;
using KommoFunctions.Accounts;
using KommoFunctions.Connecting;
using KommoFunctions.Handlers;
using KommoFunctions.Storage;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Local.Surroundings;

/// <summary>
/// Does once what an operator and an administrator of the Kommo account do: stores the integration's secret in the vault, and allows the
/// integration, through which the account gets its tokens, its row and its hook subscription. A second start finds all that.
/// </summary>
internal static class Seeding
{
    public static async Task EnsureConnectedAsync(LocalSurroundings surroundings, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(surroundings.Settings).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        services.AddKommoFunctions(configuration).AddHandler<FollowUpOnNewLead>();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<StorageProvisioner>().EnsureCreatedAsync(cancellationToken);
        await provider.GetRequiredService<SecretClient>().SetSecretAsync(
            IntegrationSecret.Name, LocalSurroundings.ClientSecret, cancellationToken);

        var simulator = surroundings.Simulator;
        var account = await provider.GetRequiredService<AccountStore>().GetAsync(simulator.Options.AccountId, cancellationToken);
        if (account is null || !account.State.IsConnected() || account.Address != simulator.BaseAddress)
        {
            await provider.GetRequiredService<AccountConnector>().ConnectAsync(
                simulator.BaseAddress, simulator.Authorize().Code, cancellationToken);
        }
    }
}
