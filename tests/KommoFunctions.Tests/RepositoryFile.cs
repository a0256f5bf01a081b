using System.Text.Json;
using System.Text.RegularExpressions;

namespace KommoFunctions.Tests;

/// <summary>Files of the repository that the app has to agree with.</summary>
internal static partial class RepositoryFile
{
    public static string Text(string path) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Repository", path));

    public static JsonElement Json(string path) => JsonElement.Parse(Text(path));

    /// <summary>The queues that the Bicep makes, each with its poison queue.</summary>
    public static IEnumerable<string> BicepQueues()
    {
        var list = QueueNamesVariable().Match(Text("infra/modules/storage.bicep")).Groups["list"].Value;
        return list.Split(',').Select(name => name.Trim().Trim('\'')).SelectMany(name => new[] { name, $"{name}-poison" });
    }

    /// <summary>The settings that the Bicep gives the app, with the expressions that they are set to.</summary>
    public static IReadOnlyDictionary<string, string> BicepSettings()
    {
        var text = Text("infra/modules/functions.bicep");
        var start = text.IndexOf("name: 'appsettings'", StringComparison.Ordinal);
        var end = text.IndexOf("@description", start, StringComparison.Ordinal);
        return text[start..end].Split('\n')
            .Select(line => line.Trim().Split(": ", 2))
            .Where(pair => pair.Length == 2 && char.IsUpper(pair[0][0]))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    [GeneratedRegex(@"^var queueNames = \[(?<list>[^\]]+)\]", RegexOptions.Multiline)]
    private static partial Regex QueueNamesVariable();
}
