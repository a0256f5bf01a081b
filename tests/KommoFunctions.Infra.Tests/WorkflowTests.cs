using System.Text.RegularExpressions;
using KommoFunctions.Infra.Tests.Framework;

namespace KommoFunctions.Infra.Tests;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryFile.Root, ".github", "workflows")).Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void An_action_is_named_by_its_commit_and_says_which_release_that_is(string workflow)
    {
        var uses = Uses().Matches(Text(workflow)).Select(match => match.Groups["action"].Value.Trim()).ToArray();

        Assert.NotEmpty(uses);
        Assert.All(uses, action => Assert.Matches(@"^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_may_only_read_unless_a_job_says_more(string workflow) =>
        Assert.Matches(@"(?m)^permissions:\n  contents: read\n\n", Text(workflow));

    [Fact]
    public void Deployment_goes_by_federated_identity_and_keeps_no_secret()
    {
        var text = Text("deploy.yml");

        Assert.Contains("id-token: write", text, StringComparison.Ordinal);
        Assert.Contains("--federated-credential-provider github", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("id-token", Text("ci.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_parameters_read_is_what_the_deployment_workflow_sets()
    {
        var read = Read().Matches(RepositoryFile.Text("infra/main.bicepparam")).Select(match => match.Groups["name"].Value)
            // Set by GitHub, and by that no person's there.
            .Except(["GITHUB_ACTIONS", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE"]);

        Assert.All(read, name => Assert.Matches($@"(?m)^      {name}: ", Text("deploy.yml")));
    }

    [Fact]
    public void No_value_from_outside_is_pasted_into_a_script() =>
        Assert.All(Workflows, workflow => Assert.DoesNotMatch(@"run: .*\$\{\{", Text(workflow.Data)));

    private static string Text(string workflow) => RepositoryFile.Text(Path.Combine(".github", "workflows", workflow));

    [GeneratedRegex(@"uses: (?<action>.+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>\w+)'")]
    private static partial Regex Read();
}
