using KommoFunctions.Infra.Tests.Framework;

namespace KommoFunctions.Infra.Tests;

public sealed class SecurityTests
{
    public static TheoryData<string> Deployments => [.. Deployment.Names];

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Storage_takes_no_keys_and_shows_nothing_to_the_public(string name)
    {
        var properties = Deployment.Of(name).Only("Microsoft.Storage/storageAccounts").GetProperty("properties");

        Assert.False(properties.At("allowSharedKeyAccess").GetBoolean());
        Assert.False(properties.At("allowBlobPublicAccess").GetBoolean());
        Assert.False(properties.At("allowCrossTenantReplication").GetBoolean());
        Assert.True(properties.At("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", properties.Text("minimumTlsVersion"));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void The_vault_goes_by_roles_and_cannot_be_purged(string name)
    {
        var vault = Deployment.Of(name).Only("Microsoft.KeyVault/vaults");

        Assert.Equal("2026-02-01", vault.Text("apiVersion"));
        Assert.True(vault.At("properties.enableRbacAuthorization").GetBoolean());
        Assert.True(vault.At("properties.enableSoftDelete").GetBoolean());
        Assert.True(vault.At("properties.enablePurgeProtection").GetBoolean());
        Assert.False(vault.At("properties.enabledForTemplateDeployment").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void The_app_speaks_TLS_only_and_is_deployed_by_its_identity(string name)
    {
        var deployment = Deployment.Of(name);
        var app = deployment.App;
        var site = app.At("properties.siteConfig");

        Assert.True(app.At("properties.httpsOnly").GetBoolean());
        Assert.Equal(("1.2", "1.2", "Disabled"), (site.Text("minTlsVersion"), site.Text("scmMinTlsVersion"), site.Text("ftpsState")));
        Assert.Equal("UserAssignedIdentity", app.Text("properties.functionAppConfig.deployment.storage.authentication.type"));
        Assert.Equal("UserAssigned", app.Text("identity.type"));
        Assert.All(
            deployment.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            policy => Assert.False(policy.At("properties.allow").GetBoolean()));
        Assert.Equal(2, deployment.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Count());
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Telemetry_and_logs_take_no_keys(string name)
    {
        var deployment = Deployment.Of(name);

        Assert.True(deployment.Only("Microsoft.Insights/components").At("properties.DisableLocalAuth").GetBoolean());
        Assert.True(deployment.Only("Microsoft.OperationalInsights/workspaces").At("properties.features.disableLocalAuth").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Who_reads_a_secret_is_logged(string name) => Assert.Contains(
        Deployment.Of(name).All("Microsoft.Insights/diagnosticSettings"),
        setting => setting.Text("id").Contains("/Microsoft.KeyVault/vaults/", StringComparison.Ordinal)
            && Assert.Single(setting.At("properties.logs").EnumerateArray()).Text("categoryGroup") == "audit");

    [Theory]
    [MemberData(nameof(Deployments))]
    public void No_setting_and_no_output_holds_a_secret(string name)
    {
        var deployment = Deployment.Of(name);

        // The connection string is where to send; that nobody can send by knowing it is what DisableLocalAuth is for.
        var names = deployment.AppSettings.Keys.Concat(deployment.Outputs.Keys).Except(["APPLICATIONINSIGHTS_CONNECTION_STRING"]);
        Assert.All(names, key => Assert.DoesNotMatch("(?i)secret|password|accountkey|connectionstring|connection_string|sas", key));
        Assert.DoesNotContain("list", string.Join(' ', deployment.Outputs.Values), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void No_file_that_is_deployed_or_copied_holds_a_secret()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RepositoryFile.Root, "infra"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(RepositoryFile.Root, ".github"), "*", SearchOption.AllDirectories))
            .Concat(new[] { "azure.yaml", "host.json", "local.settings.sample.json" }.Select(file => Path.Combine(RepositoryFile.Root, file)));

        Assert.All(files, file => Assert.DoesNotMatch(
            @"(?i)AccountKey=|SharedAccessSignature|[?&]sig=|listKeys\(|listSecrets\(|InstrumentationKey=[0-9a-f]"
                + @"|client_?secret['""]?\s*[:=]\s*['""][^'""$]|eyJ[\w-]{10,}\.|-----BEGIN",
            File.ReadAllText(file)));
    }
}
