using System.Text.Json;

namespace KommoFunctions.Infra.Tests.Framework;

/// <summary>Files of the repository, by their path from its root.</summary>
internal static class RepositoryFile
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static JsonElement Json(string path) => JsonElement.Parse(Text(path));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests do not lie in the repository.")
        : File.Exists(Path.Combine(folder.FullName, "KommoFunctions.sln")) ? folder.FullName
        : Find(folder.Parent);
}
