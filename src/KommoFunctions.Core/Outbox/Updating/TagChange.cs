using System.Text.Json.Nodes;

namespace KommoFunctions.Outbox;

/// <summary>Tags that a change adds and takes away. Kommo is never asked to do both with one tag, since it does not say which it does first.</summary>
internal sealed class TagChange
{
    private const string ToAdd = "tags_to_add";
    private const string ToDelete = "tags_to_delete";

    private readonly Dictionary<string, JsonNode> _added;
    private readonly Dictionary<string, JsonNode> _deleted;

    private TagChange(Dictionary<string, JsonNode> added, Dictionary<string, JsonNode> deleted) => (_added, _deleted) = (added, deleted);

    /// <summary>Both, one after the other; null when they may name one tag in two ways.</summary>
    public static TagChange? TryMerge(JsonObject first, JsonObject second)
    {
        if (Read(first) is not { } before || Read(second) is not { } after || MayBeTheSame([.. before.Names, .. after.Names]))
        {
            return null;
        }

        var deleted = new Dictionary<string, JsonNode>(after._deleted);
        foreach (var (name, tag) in before._deleted.Where(tag => !after._added.ContainsKey(tag.Key)))
        {
            deleted.TryAdd(name, tag);
        }

        var added = new Dictionary<string, JsonNode>();
        foreach (var (name, tag) in before._added.Where(tag => !before._deleted.ContainsKey(tag.Key)).Concat(after._added))
        {
            if (!deleted.ContainsKey(name))
            {
                added.TryAdd(name, tag);
            }
        }

        return new TagChange(added, deleted);
    }

    public void WriteTo(JsonObject change)
    {
        Write(change, ToAdd, _added);
        Write(change, ToDelete, _deleted);
    }

    private IEnumerable<string> Names => _added.Keys.Concat(_deleted.Keys);

    private static void Write(JsonObject change, string name, Dictionary<string, JsonNode> tags)
    {
        change.Remove(name);
        if (tags.Count > 0)
        {
            change[name] = new JsonArray([.. tags.Values.Select(tag => tag.DeepClone())]);
        }
    }

    private static TagChange? Read(JsonObject change) =>
        Read(change[ToAdd]) is { } added && Read(change[ToDelete]) is { } deleted ? new TagChange(added, deleted) : null;

    /// <summary>By <c>#id</c> or <c>=name</c>; null for a tag that has both or neither.</summary>
    private static Dictionary<string, JsonNode>? Read(JsonNode? tags)
    {
        var read = new Dictionary<string, JsonNode>();
        foreach (var node in tags as JsonArray ?? [])
        {
            var key = (node?["id"], node?["name"]) switch
            {
                ({ } id, null) => "#" + id,
                (null, { } name) => "=" + name,
                _ => null,
            };
            if (key is null)
            {
                return null;
            }

            read[key] = node!;
        }

        return read;
    }

    /// <summary>One by id and one by name, or two names that differ in case only.</summary>
    private static bool MayBeTheSame(IReadOnlyCollection<string> names) =>
        names.Select(name => name[0]).Distinct().Count() > 1
        || names.Distinct().Count() != names.Distinct(StringComparer.OrdinalIgnoreCase).Count();
}
