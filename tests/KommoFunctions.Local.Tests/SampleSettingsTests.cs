using System.Text.Json;
using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Local.Surroundings;

namespace KommoFunctions.Local.Tests;

/// <summary>That <c>local.settings.sample.json</c> fits, as it is, what <c>--no-app</c> starts.</summary>
public sealed class SampleSettingsTests
{
    private static readonly SurroundingsOptions Options = new();

    private static readonly Dictionary<string, string> Sample =
        JsonElement.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "local.settings.sample.json")))
            .GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

    [Theory]
    [InlineData("KommoStorage")]
    [InlineData("AzureWebJobsStorage")]
    public void Storage_is_Azurite_on_the_ports_that_development_storage_stands_for(string connection)
    {
        Assert.Equal("UseDevelopmentStorage=true", Sample[connection]);
        Assert.Equal((10000, 10001, 10002), (Options.BlobPort, Options.QueuePort, Options.TablePort));
    }

    [Fact]
    public void The_vault_is_the_stand_in() =>
        Assert.Equal(($"https://localhost:{Options.VaultPort}/", "true"), (Sample["KommoFunctions__KeyVault__Uri"], Sample["KommoFunctions__KeyVault__Emulator"]));

    [Fact]
    public void The_integration_is_the_simulators() => Assert.Equal(LocalSurroundings.ClientId, Sample["KommoFunctions__OAuth__ClientId"]);

    [Fact]
    public void The_page_on_which_an_account_is_connected_is_the_simulators() => Assert.Equal(
        ($"http://127.0.0.1:{Options.SimulatorPort}/oauth", "true"),
        (Sample["KommoFunctions__Connect__AuthorizationPage"], Sample["KommoFunctions__Connect__AllowLoopback"]));

    [Fact]
    public void Kommo_sends_hooks_and_browsers_to_where_the_Functions_host_listens() => Assert.Equal(
        ($"http://localhost:{Options.AppPort}", $"http://localhost:{Options.AppPort}/api/oauth/callback"),
        (Sample["KommoFunctions__PublicUrl"], Sample["KommoFunctions__OAuth__RedirectUri"]));
}
