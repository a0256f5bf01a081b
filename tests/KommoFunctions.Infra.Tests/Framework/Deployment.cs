using System.Collections.Concurrent;
using System.Text.Json;

namespace KommoFunctions.Infra.Tests.Framework;

/// <summary>
/// What the Bicep would deploy with one of the parameter files in <c>infra/snapshots</c>: compiled anew where the Bicep CLI runs, elsewhere
/// as committed. That both are the same is checked by <c>eng/check-bicep</c>.
/// </summary>
public sealed class Deployment
{
    /// <summary>The parameter files.</summary>
    public static readonly string[] Names = ["default", "private-network"];

    private static readonly ConcurrentDictionary<string, Lazy<Deployment>> Known = new();

    private Deployment(string json)
    {
        Json = json;
        var root = JsonElement.Parse(json);
        Resources = [.. root.GetProperty("predictedResources").EnumerateArray()];
        Outputs = root.GetProperty("outputs").EnumerateObject().ToDictionary(output => output.Name, output => output.Value.GetString()!);
        Assert.Empty(root.GetProperty("diagnostics").EnumerateArray());
    }

    public string Json { get; }

    public IReadOnlyList<JsonElement> Resources { get; }

    public IReadOnlyDictionary<string, string> Outputs { get; }

    public JsonElement App => Only("Microsoft.Web/sites");

    public JsonElement Scale => App.At("properties.functionAppConfig.scaleAndConcurrency");

    /// <summary>The app settings, with expressions as they are.</summary>
    public IReadOnlyDictionary<string, string> AppSettings =>
        Only("Microsoft.Web/sites/config").GetProperty("properties").EnumerateObject()
            .ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);

    public static Deployment Of(string name) => Known.GetOrAdd(name, _ => new Lazy<Deployment>(() => new Deployment(Read(name)))).Value;

    public IEnumerable<JsonElement> All(string type) => Resources.Where(resource => resource.GetProperty("type").GetString() == type);

    public JsonElement Only(string type) => Assert.Single(All(type));

    private static string Read(string name)
    {
        var infra = Path.Combine(RepositoryFile.Root, "infra");
        if (!BicepCli.Runs)
        {
            return File.ReadAllText(Path.Combine(infra, "snapshots", $"{name}.snapshot.json"));
        }

        var copy = Directory.CreateTempSubdirectory("kommo-infra-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(infra, "*.bicep*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy.FullName, Path.GetRelativePath(infra, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            BicepCli.Snapshot(Path.Combine(copy.FullName, "snapshots", $"{name}.bicepparam"));
            return File.ReadAllText(Path.Combine(copy.FullName, "snapshots", $"{name}.snapshot.json"));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }
}
