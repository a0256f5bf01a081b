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
            IFormCollection? form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
            JsonNode? body = method == "GET" || form is not null ? null : await http.ReadJsonAsync();
            await http.WriteAsync(serve(new ApiRequest(http, body, Bearer.ActorOf(http)) { Form = form }));
        }));
}
