using System.Text.Json;

namespace KommoFunctions.Infra.Tests.Framework;

internal static class JsonExtensions
{
    /// <summary>Follows property names, parted by dots.</summary>
    public static JsonElement At(this JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (value, name) => value.GetProperty(name));

    public static string Text(this JsonElement element, string path) => element.At(path).GetString()!;
}
