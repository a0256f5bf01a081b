using System.Text.Json;
using KommoFunctions.Infra.Tests.Framework;

namespace KommoFunctions.Infra.Tests;

public sealed class RoleTests
{
    /// <summary>Built-in roles, whose ids are the same in every tenant.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    private static readonly string[] Apps =
    [
        "app: Key Vault Secrets Officer on vaults",
        "app: Monitoring Metrics Publisher on components",
        "app: Storage Blob Data Owner on storageAccounts",
        "app: Storage Queue Data Contributor on storageAccounts",
        "app: Storage Table Data Contributor on storageAccounts",
    ];

    [Fact]
    public void The_app_may_do_this_and_nothing_else() => Assert.Equal(Apps, Given("default"));

    [Fact]
    public void An_operator_may_enter_secrets_and_nothing_else() =>
        Assert.Equal([.. Apps, "operator: Key Vault Secrets Officer on vaults"], Given("private-network"));

    private static IEnumerable<string> Given(string name) =>
        Deployment.Of(name).All("Microsoft.Authorization/roleAssignments").Select(Describe).Order(StringComparer.Ordinal);

    private static string Describe(JsonElement assignment)
    {
        // .../resourceGroups/rg/providers/<namespace>/<type>/<name>/providers/Microsoft.Authorization/roleAssignments/<id>: one resource.
        var scope = assignment.Text("id").Split("/providers/")[1].Split('/');
        var role = assignment.Text("properties.roleDefinitionId").Split('/')[^1].TrimEnd(']', ')', '\'');
        return $"{Holder(assignment)}: {Names[role]} on {scope[1]}";
    }

    private static string Holder(JsonElement assignment) => assignment.Text("properties.principalId") switch
    {
        "00000000-0000-4000-8000-000000000002" => "operator",
        var expression when expression.Contains("userAssignedIdentities/id-kommo-", StringComparison.Ordinal) => "app",
        var other => other,
    };
}
