using KommoFunctions.Infra.Tests.Framework;

namespace KommoFunctions.Infra.Tests;

public sealed class NetworkTests
{
    private static readonly Deployment Private = Deployment.Of("private-network");

    [Fact]
    public void Without_the_switch_there_is_no_network()
    {
        var deployment = Deployment.Of("default");
        var properties = deployment.App.GetProperty("properties");

        Assert.DoesNotContain(deployment.Resources, resource => resource.Text("type").StartsWith("Microsoft.Network/", StringComparison.Ordinal));
        Assert.False(properties.TryGetProperty("virtualNetworkSubnetId", out var subnet) && subnet.GetString() is not null);
    }

    [Fact]
    public void Storage_is_closed_to_the_outside()
    {
        var properties = Private.Only("Microsoft.Storage/storageAccounts").GetProperty("properties");

        Assert.Equal(
            ("Disabled", "Deny", "None"),
            (properties.Text("publicNetworkAccess"), properties.Text("networkAcls.defaultAction"), properties.Text("networkAcls.bypass")));
    }

    [Fact]
    public void The_vault_is_open_to_the_operators_address_alone()
    {
        var properties = Private.Only("Microsoft.KeyVault/vaults").GetProperty("properties");

        Assert.Equal(("Deny", "None"), (properties.Text("networkAcls.defaultAction"), properties.Text("networkAcls.bypass")));
        Assert.Equal("203.0.113.7", Assert.Single(properties.At("networkAcls.ipRules").EnumerateArray()).Text("value"));
    }

    [Fact]
    public void Everything_that_the_app_opens_has_an_endpoint_and_a_zone_inside()
    {
        var endpoints = Private.All("Microsoft.Network/privateEndpoints")
            .Select(endpoint => Assert.Single(endpoint.At("properties.privateLinkServiceConnections").EnumerateArray()))
            .Select(connection => connection.GetProperty("properties"))
            .Select(to => $"{Assert.Single(to.At("groupIds").EnumerateArray())} of {to.Text("privateLinkServiceId").Split('/')[^2]}");

        Assert.Equal(["blob of storageAccounts", "queue of storageAccounts", "table of storageAccounts", "vault of vaults"], endpoints.Order());
        Assert.Equal(4, Private.All("Microsoft.Network/privateDnsZones").Count());
        Assert.Equal(4, Private.All("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count());
        Assert.Equal(4, Private.All("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count());
    }

    [Fact]
    public void The_app_goes_out_through_a_subnet_that_Flex_Consumption_may_use_and_an_address_of_its_own()
    {
        var subnets = Private.Only("Microsoft.Network/virtualNetworks").At("properties.subnets").EnumerateArray()
            .ToDictionary(subnet => subnet.Text("name"), subnet => subnet.GetProperty("properties"));
        var app = subnets["app"];

        Assert.Equal("Microsoft.App/environments", Assert.Single(app.At("delegations").EnumerateArray()).Text("properties.serviceName"));
        Assert.EndsWith("/subnets/app", Private.App.Text("properties.virtualNetworkSubnetId"));
        Assert.EndsWith(Private.Only("Microsoft.Network/natGateways").Text("name"), app.Text("natGateway.id"));
        Assert.Equal(("10.71.0.0/25", "10.71.0.128/26"), (app.Text("addressPrefix"), subnets["endpoints"].Text("addressPrefix")));
    }
}
