using System.Text.RegularExpressions;
using KommoFunctions.Infra.Tests.Framework;

namespace KommoFunctions.Infra.Tests;

public sealed partial class SettingsTests
{
    public static TheoryData<string> Deployments => [.. Deployment.Names];

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task The_app_starts_with_what_the_template_sets(string name)
    {
        await using var app = new AppUnderTest(Resolved(name));

        app.Validate();
    }

    [Fact]
    public async Task No_setting_is_set_for_nothing_and_none_is_misspelt()
    {
        await using var app = new AppUnderTest(Resolved("default"));
        app.Validate();

        var ours = Deployment.Of("default").AppSettings.Keys.Where(name => name.StartsWith("Kommo", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(ours);
        Assert.All(ours, name => Assert.Contains(name, app.Asked));
    }

    [Theory]
    [InlineData("KommoFunctions__KeyVault__Uri")]
    [InlineData("KommoFunctions__OAuth__ClientId")]
    [InlineData("KommoFunctions__OAuth__RedirectUri")]
    [InlineData("KommoFunctions__PublicUrl")]
    [InlineData("KommoStorage__queueServiceUri")]
    [InlineData("KommoStorage__tableServiceUri")]
    [InlineData("KommoStorage__blobServiceUri")]
    public async Task A_setting_that_the_app_needs_is_missed_when_the_template_does_not_set_it(string setting)
    {
        await using var app = new AppUnderTest(Resolved("default").Where(pair => pair.Key != setting));

        var error = Assert.ThrowsAny<Exception>(app.Validate);

        Assert.Contains(setting.Replace("__", ":", StringComparison.Ordinal), error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Only_these_settings_are_there(string name) => Assert.Equal(
        [
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
            "AzureWebJobsStorage__accountName",
            "AzureWebJobsStorage__clientId",
            "AzureWebJobsStorage__credential",
            "KommoFunctions__KeyVault__ClientId",
            "KommoFunctions__KeyVault__Uri",
            "KommoFunctions__OAuth__ClientId",
            "KommoFunctions__OAuth__RedirectUri",
            "KommoFunctions__PublicUrl",
            "KommoStorage__blobServiceUri",
            "KommoStorage__clientId",
            "KommoStorage__credential",
            "KommoStorage__queueServiceUri",
            "KommoStorage__tableServiceUri",
        ],
        Deployment.Of(name).AppSettings.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("AzureWebJobsStorage")]
    [InlineData("KommoStorage")]
    public void A_connection_is_opened_by_the_apps_identity(string connection)
    {
        var settings = Deployment.Of("default").AppSettings;

        Assert.DoesNotContain(connection, settings.Keys);
        Assert.Equal("managedidentity", settings[$"{connection}__credential"]);
        Assert.Contains("outputs.clientId", settings[$"{connection}__clientId"], StringComparison.Ordinal);
    }

    [Fact]
    public void Telemetry_is_sent_by_the_apps_identity()
    {
        var authentication = Deployment.Of("default").AppSettings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"];

        Assert.Matches(@"^\[format\('ClientId=\{0\};Authorization=AAD', .*outputs\.clientId", authentication);
    }

    /// <summary>The settings, with a likely value for each expression that only Azure can work out.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Resolved(string name) => Deployment.Of(name).AppSettings.Select(setting =>
        KeyValuePair.Create(setting.Key, !setting.Value.StartsWith('[') ? setting.Value
            : Output().Match(setting.Value).Groups["name"].Value switch
            {
                "clientId" => "00000000-0000-4000-8000-000000000003",
                "blobEndpoint" => "https://st.blob.example.com/",
                "queueEndpoint" => "https://st.queue.example.com/",
                "tableEndpoint" => "https://st.table.example.com/",
                "uri" => "https://kv.example.com/",
                "connectionString" => "InstrumentationKey=00000000-0000-4000-8000-000000000004",
                _ when setting.Value.Contains("/api/oauth/callback", StringComparison.Ordinal) => "https://func.example.com/api/oauth/callback",
                _ when setting.Value.Contains("defaultHostName", StringComparison.Ordinal) => "https://func.example.com",
                var other => throw new InvalidOperationException($"{setting.Key} is set to an unknown expression {other}: {setting.Value}"),
            }));

    [GeneratedRegex(@"outputs\.(?<name>\w+)\.value")]
    private static partial Regex Output();
}
