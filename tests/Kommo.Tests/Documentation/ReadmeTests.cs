namespace Kommo.Tests.Documentation;

public sealed class ReadmeTests
{
    [Fact]
    public void Every_example_of_the_README_is_quoted_from_code_that_compiles()
    {
        var code = Joined(Read("Examples.cs").Split('\n'));
        var blocks = Read("README.md").Split("```csharp\n").Skip(1).Select(block => Joined(block.Split("```")[0].Split('\n'))).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(block, code, StringComparison.Ordinal));
    }

    private static string Joined(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string Read(string name)
    {
        using var stream = typeof(ReadmeTests).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
