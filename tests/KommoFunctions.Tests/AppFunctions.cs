using System.Reflection;
using System.Text.Json;
using KommoFunctions.Http;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Tests;

/// <summary>The app's functions as the Functions host is told of them at its start, by the metadata that the worker's generator wrote.</summary>
internal static class AppFunctions
{
    /// <summary>The methods that are functions.</summary>
    public static IReadOnlyList<MethodInfo> Methods { get; } =
    [
        .. typeof(ReceiveHook).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute))),
    ];

    /// <summary>The trigger of each function.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> TriggersAsync()
    {
        var functions = await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync(AppContext.BaseDirectory);
        return functions.ToDictionary(function => function.Name!, function => function.RawBindings!.Select(Parse).Single(IsTrigger));
    }

    /// <summary>The triggers of one type.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> TriggersAsync(string type) =>
        (await TriggersAsync()).Where(function => function.Value.GetProperty("type").GetString() == type).ToDictionary();

    private static JsonElement Parse(string binding) => JsonElement.Parse(binding);

    private static bool IsTrigger(JsonElement binding) =>
        binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal);
}
