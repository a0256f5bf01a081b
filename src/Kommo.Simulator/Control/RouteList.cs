using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Control;

/// <summary>The routes as the server knows them, so that the list cannot differ from what is served.</summary>
internal static class RouteList
{
    public static IReadOnlyList<SimulatedRoute> Of(IEndpointRouteBuilder server) =>
    [
        .. server.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => new SimulatedRoute(method, Template(route))))
            .Where(route => route.Template.Length > 1 && !route.Template.StartsWith("/_simulator", StringComparison.Ordinal))
            .Distinct().OrderBy(route => route.Template, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal),
    ];

    private static string Template(RouteEndpoint route) => route.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal);
}
