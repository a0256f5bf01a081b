using System.Text.Json;

namespace KommoFunctions.Tests;

public sealed class SettingsTests
{
    private static readonly string[] OnlyInAzure =
    [
        // A managed identity is told apart from others there; locally there is none.
        "KommoFunctions__KeyVault__ClientId",
    ];

    private static readonly string[] OnlyLocally =
    [
        // The vault is the stand-in of the local host, with its own certificate.
        "KommoFunctions__KeyVault__Emulator",
        // The account is the simulator's, and so is the page on which it is connected.
        "KommoFunctions__Connect__AuthorizationPage",
        "KommoFunctions__Connect__AllowLoopback",
    ];

    [Fact]
    public void The_Bicep_sets_what_the_sample_settings_set()
    {
        var azure = AppSettings(RepositoryFile.BicepSettings().Keys).Except(OnlyInAzure);
        var sample = AppSettings(SampleNames()).Except(OnlyLocally);

        Assert.Equal(sample.Order(), azure.Order());
    }

    [Theory]
    [InlineData("AzureWebJobsStorage__accountName", "storageAccountName")]
    [InlineData("AzureWebJobsStorage__credential", "'managedidentity'")]
    [InlineData("AzureWebJobsStorage__clientId", "identityClientId")]
    [InlineData("KommoStorage__blobServiceUri", "blobEndpoint")]
    [InlineData("KommoStorage__queueServiceUri", "queueEndpoint")]
    [InlineData("KommoStorage__tableServiceUri", "tableEndpoint")]
    [InlineData("KommoStorage__credential", "'managedidentity'")]
    [InlineData("KommoStorage__clientId", "identityClientId")]
    public void Storage_is_opened_by_the_managed_identity(string name, string value) =>
        Assert.Equal(value, RepositoryFile.BicepSettings()[name]);

    [Fact]
    public async Task Every_connection_that_a_trigger_names_is_in_the_settings()
    {
        var connections = (await AppFunctions.TriggersAsync()).Values
            .Where(trigger => trigger.TryGetProperty("connection", out _))
            .Select(trigger => trigger.GetProperty("connection").GetString()!)
            .Distinct();

        Assert.All(connections, connection =>
        {
            Assert.Contains(connection, SampleNames());
            Assert.Contains($"{connection}__queueServiceUri", RepositoryFile.BicepSettings().Keys);
        });
    }

    [Fact]
    public void The_sample_settings_reach_nothing_but_this_machine()
    {
        var hosts = Values().Select(value => value.Value.GetString()!)
            .Where(value => Uri.TryCreate(value, UriKind.Absolute, out _))
            .Select(value => new Uri(value));

        Assert.All(hosts, uri => Assert.True(uri.IsLoopback, $"{uri} is elsewhere"));
    }

    private static IEnumerable<string> AppSettings(IEnumerable<string> names) =>
        names.Where(name => name.StartsWith("KommoFunctions__", StringComparison.Ordinal));

    private static IEnumerable<string> SampleNames() => Values().Select(value => value.Name);

    private static JsonElement.ObjectEnumerator Values() =>
        RepositoryFile.Json("local.settings.sample.json").GetProperty("Values").EnumerateObject();
}
