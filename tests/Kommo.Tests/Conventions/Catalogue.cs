namespace Kommo.Tests.Conventions;

/// <summary>The routes of Kommo's documentation, one a line of <c>Catalogue.txt</c>, with every id as <c>{id}</c>.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<string> Routes { get; } = [.. Read()];

    private static IEnumerable<string> Read()
    {
        using var reader = new StreamReader(typeof(Catalogue).Assembly.GetManifestResourceStream("Catalogue.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
