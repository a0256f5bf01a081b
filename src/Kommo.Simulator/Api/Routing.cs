using System.Text.Json.Nodes;
using Kommo.Simulator.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

internal static class Routing
{
    /// <summary>Serves a route of the API with what the function answers.</summary>
    public static void Serve(this IEndpointRouteBuilder api, string method, string path, Func<ApiRequest, Reply> serve) =>
        api.MapMethods(path, [method], (RequestDelegate)(async http =>
        {
            JsonNode? body = method == "GET" ? null : await http.ReadJsonAsync();
            await http.WriteAsync(serve(new ApiRequest(http, body, Bearer.ActorOf(http))));
        }));
}
