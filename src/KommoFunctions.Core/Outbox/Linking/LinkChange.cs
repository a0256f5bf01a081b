using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>A link to make or to take away.</summary>
/// <param name="Entity">The kind of entity that it starts from.</param>
/// <param name="Link">The link, with its <see cref="Link.EntityId"/>.</param>
/// <param name="IsUnlink">Whether it is to be taken away.</param>
internal sealed record LinkChange(EntityType Entity, Link Link, bool IsUnlink)
{
    private const string Unlinking = "unlink";

    /// <summary>Links of one route go into one request.</summary>
    public (EntityType Entity, bool IsUnlink) Route => (Entity, IsUnlink);

    /// <summary>Both ends: a change of one must not overtake an earlier one of the same.</summary>
    public IReadOnlyList<(EntityType Kind, long Id)> Ends => [(Entity, Link.EntityId ?? 0), (Link.ToEntityType, Link.ToEntityId)];

    public string ToJson() => new JsonObject
    {
        ["action"] = IsUnlink ? Unlinking : "link",
        ["entity_type"] = Entity.Name,
        ["link"] = JsonSerializer.SerializeToNode(Link, KommoJson.TypeOf<Link>()),
    }.ToJsonString();

    public static LinkChange? FromJson(string json) =>
        JsonNode.Parse(json) is JsonObject stored
        && stored["entity_type"]?.GetValue<string>() is { Length: > 0 } entity
        && stored["link"].Deserialize(KommoJson.TypeOf<Link>()) is { } link
            ? new LinkChange(EntityType.Parse(entity), link, stored["action"]?.GetValue<string>() == Unlinking)
            : null;
}
