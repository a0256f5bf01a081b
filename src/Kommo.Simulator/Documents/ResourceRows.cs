using System.Text.Json.Nodes;
using Kommo.Simulator.Api;

namespace Kommo.Simulator.Documents;

/// <summary>The rows of a <see cref="Resource"/> that a request may see, and how it sees them.</summary>
internal sealed class ResourceRows(Resource resource)
{
    /// <summary>The row as the API shows it.</summary>
    public JsonObject Show(JsonObject row, ApiRequest request)
    {
        JsonObject shown = row.Copy();
        shown["_links"] = request.SelfLink(Link(row, request));
        resource.Show?.Invoke(shown, request);
        return shown;
    }

    public IEnumerable<JsonObject> Here(ApiRequest request) => resource.Parent is { } parent
        ? resource.Table(request).All.Where(row => row.Long(parent.Property) == request.Route(parent.Route))
        : resource.Table(request).All;

    public JsonObject? Find(ApiRequest request, string id) =>
        resource.Table(request).Find(id) is { } row
        && (resource.Parent is not { } parent || row.Long(parent.Property) == request.Route(parent.Route)) ? row : null;

    public string Link(JsonObject row, ApiRequest request) =>
        $"/api/v4{request.Filled(resource.Path)}/{row.Text(resource.Table(request).Key)}";
}
