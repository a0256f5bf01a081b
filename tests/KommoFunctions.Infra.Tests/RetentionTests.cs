using KommoFunctions.Infra.Tests.Framework;
using KommoFunctions.Maintenance;
using KommoFunctions.Storage;

namespace KommoFunctions.Infra.Tests;

/// <summary>What the storage account removes by itself is what the app would remove, and not sooner.</summary>
public sealed class RetentionTests
{
    public static TheoryData<string> Deployments => [.. Deployment.Names];

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Bodies_are_removed_by_a_rule_no_sooner_than_the_app_keeps_them(string name)
    {
        var kept = new MaintenanceOptions();
        var rule = Assert.Single(
            Deployment.Of(name).Only("Microsoft.Storage/storageAccounts/managementPolicies").At("properties.policy.rules").EnumerateArray());

        Assert.True(rule.At("enabled").GetBoolean());
        Assert.Equal([ContainerNames.Bodies + "/"], rule.At("definition.filters.prefixMatch").EnumerateArray().Select(prefix => prefix.GetString()));
        Assert.True(
            TimeSpan.FromDays(rule.At("definition.actions.baseBlob.delete.daysAfterModificationGreaterThan").GetDouble())
                >= kept.KeepBodies + kept.KeepDeadLetters);
    }
}
