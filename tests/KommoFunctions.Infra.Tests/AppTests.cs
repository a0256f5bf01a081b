using KommoFunctions.Infra.Tests.Framework;
using KommoFunctions.Messaging;

namespace KommoFunctions.Infra.Tests;

public sealed class AppTests
{
    private static readonly Deployment Default = Deployment.Of("default");

    public static TheoryData<string> Deployments => [.. Deployment.Names];

    [Theory]
    [MemberData(nameof(Deployments))]
    public void One_instance_is_always_ready_for_hooks(string name)
    {
        var ready = Assert.Single(Deployment.Of(name).Scale.At("alwaysReady").EnumerateArray());

        Assert.Equal(("http", 1), (ready.Text("name"), ready.At("instanceCount").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Scale_out_is_capped_at_the_least_that_every_region_takes(string name) =>
        Assert.Equal(40, Deployment.Of(name).Scale.At("maximumInstanceCount").GetInt32());

    [Fact]
    public void The_plan_is_Flex_Consumption_on_Linux_with_the_projects_framework()
    {
        var plan = Default.Only("Microsoft.Web/serverfarms");
        var runtime = Default.App.At("properties.functionAppConfig.runtime");

        Assert.Equal(("FC1", "FlexConsumption"), (plan.Text("sku.name"), plan.Text("sku.tier")));
        Assert.True(plan.At("properties.reserved").GetBoolean(), "reserved means Linux");
        Assert.Equal("dotnet-isolated", runtime.Text("name"));
        Assert.Contains($">net{runtime.Text("version")}<", RepositoryFile.Text("Directory.Build.props"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_queue_of_the_app_is_made_with_its_poison_queue()
    {
        string[] queues = [QueueNames.Hooks, QueueNames.BusyHooks, QueueNames.Events, QueueNames.BusyEvents, QueueNames.Dispatch];
        var made = Default.All("Microsoft.Storage/storageAccounts/queueServices/queues").Select(queue => queue.Text("name").Split('/')[^1]);

        Assert.Equal(queues.Concat(queues.Select(QueueNames.Poison)).Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("kommoUninstallHookUrl", HttpRoutes.Uninstall)]
    [InlineData("kommoSalesbotUrl", HttpRoutes.Salesbot)]
    [InlineData("kommoChatHookUrl", "chats/:scope_id")]
    [InlineData("kommoConnectUrl", HttpRoutes.ConnectStart)]
    [InlineData("kommoHookBaseUrl", "hooks")]
    public void An_output_says_the_address_that_the_app_answers_at(string output, string route)
    {
        var prefix = RepositoryFile.Json("host.json").Text("extensions.http.routePrefix");

        Assert.Equal(HttpRoutes.Prefix, prefix);
        Assert.StartsWith($"[format('{{0}}/{prefix}/{route}', ", Default.Outputs[output], StringComparison.Ordinal);
        Assert.Contains("outputs.publicUrl.value", Default.Outputs[output], StringComparison.Ordinal);
    }

    [Fact]
    public void The_redirect_address_to_register_is_the_one_that_the_app_is_given_and_answers_at()
    {
        Assert.EndsWith(".outputs.redirectUri.value]", Default.Outputs["kommoRedirectUri"]);
        Assert.Contains("output redirectUri string = redirectUri", RepositoryFile.Text("infra/modules/functions.bicep"), StringComparison.Ordinal);
        var given = Default.AppSettings["KommoFunctions__OAuth__RedirectUri"];
        Assert.StartsWith($"[format('{{0}}/{HttpRoutes.Prefix}/{HttpRoutes.ConnectCallback}', ", given, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Kommo_reaches_the_app(string name) =>
        Assert.Equal("Enabled", Deployment.Of(name).App.Text("properties.publicNetworkAccess"));

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Every_name_follows_the_convention_and_fits_its_kind(string name)
    {
        var deployment = Deployment.Of(name);
        Dictionary<string, string> patterns = new()
        {
            ["Microsoft.Storage/storageAccounts"] = "^st[a-z0-9]{3,22}$",
            ["Microsoft.KeyVault/vaults"] = "^kv-[a-z0-9-]{1,21}$",
            ["Microsoft.Web/sites"] = "^func-[a-z0-9-]{1,55}$",
            ["Microsoft.Web/serverfarms"] = "^plan-[a-z0-9-]+$",
            ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "^id-[a-z0-9-]+$",
            ["Microsoft.OperationalInsights/workspaces"] = "^log-[a-z0-9-]+$",
            ["Microsoft.Insights/components"] = "^appi-[a-z0-9-]+$",
        };

        Assert.All(patterns, pattern => Assert.Matches(pattern.Value, deployment.Only(pattern.Key).Text("name")));
    }
}
