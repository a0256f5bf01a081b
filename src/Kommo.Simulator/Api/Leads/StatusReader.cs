using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator.Api.Leads;

/// <summary>Reads stages: 21 colours, levels of descriptions, and 142 and 143, which may be named but not made (Kommo: Pipelines).</summary>
internal static class StatusReader
{
    private static readonly string[] Colours =
    [
        "#fffeb2", "#fffd7f", "#fff000", "#ffeab2", "#ffdc7f", "#ffce5a", "#ffdbdb", "#ffc8c8", "#ff8f92", "#d6eaff", "#c1e0ff",
        "#98cbff", "#ebffb1", "#deff81", "#87f2c0", "#f9deff", "#f3beff", "#ccc8f9", "#eb93ff", "#f2f3f4", "#e6e8ea",
    ];

    private static readonly string[] Levels = ["newbie", "candidate", "master"];

    public static PipelineStatus Won { get; } = new(AccountCatalog.Won, "Closed - won", 10000, "#CCFF66", IsEditable: false, Type: 0);

    public static PipelineStatus Lost { get; } = new(AccountCatalog.Lost, "Closed - lost", 11000, "#D5D8DB", IsEditable: false, Type: 0);

    public static PipelineStatus Read(ItemReader item, PipelineStatus before)
    {
        string? colour = item.Text("color");
        if (colour is not null && !Colours.Contains(colour))
        {
            item.NotAChoice("color");
        }

        return before with
        {
            Name = item.Text("name") ?? before.Name,
            Sort = item.Number("sort") ?? before.Sort,
            Color = colour ?? before.Color,
            Descriptions = Descriptions(item) ?? before.Descriptions,
        };
    }

    /// <summary>The stages of a new pipeline, the two closing ones last; those without an id of their own have 0.</summary>
    public static IReadOnlyList<PipelineStatus> ReadNew(ItemReader item, IReadOnlyList<JsonNode?> nodes)
    {
        List<PipelineStatus> statuses = [];
        (PipelineStatus won, PipelineStatus lost) = (Won, Lost);
        for (int index = 0; index < nodes.Count; index++)
        {
            ItemReader inner = new(nodes[index], index);
            long? id = inner.Number("id");
            PipelineStatus before = id switch
            {
                AccountCatalog.Won => won,
                AccountCatalog.Lost => lost,
                _ => new PipelineStatus(0, "", 20 + (10 * index), Colours[index % Colours.Length], IsEditable: true, Type: 0),
            };
            if (before.Id == 0 && string.IsNullOrEmpty(inner["name"]?.ToString()))
            {
                inner.Missing("name");
            }

            PipelineStatus read = Read(inner, before);
            switch (id)
            {
                case AccountCatalog.Won:
                    won = won with { Name = read.Name };
                    break;
                case AccountCatalog.Lost:
                    lost = lost with { Name = read.Name };
                    break;
                default:
                    statuses.Add(read);
                    break;
            }

            item.Adopt(inner, $"_embedded.statuses.{index}");
        }

        return [.. statuses.OrderBy(status => status.Sort), won, lost];
    }

    private static List<StatusDescription>? Descriptions(ItemReader item)
    {
        if (item.Array("descriptions") is not { } nodes)
        {
            return null;
        }

        List<StatusDescription> read = [];
        for (int index = 0; index < nodes.Count; index++)
        {
            JsonObject node = nodes[index] as JsonObject ?? [];
            if (!Levels.Contains(node.Text("level")))
            {
                item.NotAChoice($"descriptions.{index}.level");
            }

            read.Add(new StatusDescription(index + 1, node.Text("level"), node.Text("description")));
        }

        return read;
    }
}
