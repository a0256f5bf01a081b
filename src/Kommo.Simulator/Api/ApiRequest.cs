using System.Globalization;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.Api;

/// <summary>A request to the API: who asks, for what, with which body.</summary>
internal sealed class ApiRequest(HttpContext http, JsonNode? body, Actor actor)
{
    public JsonNode? Body => body;

    /// <summary>The body of a route that takes forms; null when it is none.</summary>
    public IFormCollection? Form { get; init; }

    public Actor Actor => actor;

    public ListQuery Query { get; } = new(http.Request.Query);

    /// <summary>Where the API is, as the asker reaches it: links lead back to the simulator.</summary>
    public string Origin => $"{http.Request.Scheme}://{http.Request.Host}";

    public string PathAndQuery => $"{http.Request.Path}{http.Request.QueryString}";

    public HttpContext Http => http;

    public string Path => http.Request.Path;

    public long Route(string name) => long.Parse((string)http.Request.RouteValues[name]!, CultureInfo.InvariantCulture);

    public string RouteText(string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>A path in which the route's parameters have the values of this request.</summary>
    public string Filled(string path) => http.Request.RouteValues.Aggregate(path, (filled, value) => filled
        .Replace($"{{{value.Key}:long}}", value.Value?.ToString(), StringComparison.Ordinal)
        .Replace($"{{{value.Key}}}", value.Value?.ToString(), StringComparison.Ordinal));

    public long? RouteOrNone(string name) => http.Request.RouteValues.ContainsKey(name) ? Route(name) : null;

    public JsonObject SelfLink(string pathAndQuery) => new() { ["self"] = new JsonObject { ["href"] = Origin + pathAndQuery } };
}
