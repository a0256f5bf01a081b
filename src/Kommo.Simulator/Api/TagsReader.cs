using System.Text.Json.Nodes;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api;

/// <summary>
/// Reads tags: <c>_embedded.tags</c> replaces the set, <c>tags_to_add</c> and <c>tags_to_delete</c> change it. Unknown names become
/// tags when the write is applied; unknown ids are an error.
/// </summary>
internal static class TagsReader
{
    public static IReadOnlyList<SimulatedTag> Read(
        ItemReader item, EntityKind kind, IReadOnlyList<SimulatedTag> before, AccountStore store)
    {
        IEnumerable<SimulatedTag> tags = item.Array("tags", embedded: true) is { } all
            ? Resolve(item, kind, all, "_embedded.tags", store)
            : before;
        if (item.Array("tags_to_add") is { } added)
        {
            tags = tags.Concat(Resolve(item, kind, added, "tags_to_add", store));
        }

        if (item.Array("tags_to_delete") is { } removed)
        {
            HashSet<string> names = [.. Resolve(item, kind, removed, "tags_to_delete", store).Select(tag => tag.Name)];
            tags = tags.Where(tag => !names.Contains(tag.Name));
        }

        return [.. tags];
    }

    private static List<SimulatedTag> Resolve(
        ItemReader item, EntityKind kind, IReadOnlyList<JsonNode?> nodes, string path, AccountStore store)
    {
        List<SimulatedTag> tags = [];
        for (int index = 0; index < nodes.Count; index++)
        {
            JsonObject node = nodes[index] as JsonObject ?? [];
            if (node["name"] is { } name)
            {
                tags.Add(new SimulatedTag(0, name.ToString()));
            }
            else if (item.Number(node["id"], $"{path}.{index}.id") is { } id)
            {
                if (store.Tags[kind].Values.FirstOrDefault(tag => tag.Id == id) is { } known)
                {
                    tags.Add(known);
                }
                else
                {
                    item.NotAChoice($"{path}.{index}.id");
                }
            }
            else
            {
                item.Missing($"{path}.{index}.name");
            }
        }

        return tags;
    }
}
