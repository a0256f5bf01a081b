using System.Text.Json;
using KommoFunctions.Local.App;
using Microsoft.AspNetCore.Routing;

namespace KommoFunctions.Tests;

public sealed class HttpTriggerTests
{
    /// <summary>How each of the local host's callers is written in a function's trigger.</summary>
    private static readonly Dictionary<Callers, string> Levels = new() { [Callers.Anybody] = "Anonymous", [Callers.Operators] = "Function" };

    [Fact]
    public async Task The_functions_answer_at_the_local_hosts_routes_with_its_methods_and_to_its_callers()
    {
        await using var local = new LocalHost();
        var routes = local.Routes.SelectMany(route => Methods(route).Select(method =>
            $"{method} {route.RoutePattern.RawText!.Trim('/')}, {Levels[route.Metadata.OfType<Callers>().Single()]}"));

        var functions = (await TriggersAsync()).Values.SelectMany(trigger => Methods(trigger).Select(method =>
            $"{method} {HttpRoutes.Prefix}/{trigger.GetProperty("route").GetString()}, {trigger.GetProperty("authLevel").GetString()}"));

        Assert.Equal(routes.Order(StringComparer.Ordinal), functions.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_function_is_about_one_method() =>
        Assert.All((await TriggersAsync()).Values, trigger => Assert.Single(Methods(trigger)));

    [Fact]
    public async Task Nothing_but_what_Kommo_or_an_administrators_browser_calls_is_open_to_everyone()
    {
        var open = (await TriggersAsync()).Where(function => function.Value.GetProperty("authLevel").GetString() == "Anonymous").Select(function => function.Key);

        Assert.Equal(
            ["FinishConnecting", "ReceiveChatHook", "ReceiveHook", "ReceiveSalesbotRequest", "ReceiveUninstall", "StartConnecting"],
            open.Order(StringComparer.Ordinal));
    }

    private static Task<IReadOnlyDictionary<string, JsonElement>> TriggersAsync() => AppFunctions.TriggersAsync("httpTrigger");

    private static IEnumerable<string> Methods(JsonElement trigger) =>
        trigger.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant());

    private static IReadOnlyList<string> Methods(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods;
}
