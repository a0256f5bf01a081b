using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A source to add to what Kommo AI knows (Kommo: AI sources).</summary>
public abstract record NewKnowledge
{
    private protected NewKnowledge()
    {
    }

    /// <summary>What uses it.</summary>
    [JsonPropertyName("available_functions")]
    [JsonConverter(typeof(KnowledgeUseConverter))]
    public required KnowledgeUse Use { get; init; }

    /// <summary>The policy that it is; null for anything else. Suggested replies ignore it.</summary>
    public KnowledgePolicy? Code { get; init; }

    internal virtual void Require()
    {
    }
}

/// <summary>A web page to add (Kommo: AI sources, URL).</summary>
public sealed record NewUrlKnowledge : NewKnowledge
{
    /// <summary>The page: http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>Whether the pages below it are read as well. The same page can be there once with and once without them.</summary>
    public bool? WithNested { get; init; }
}

/// <summary>A text to add (Kommo: AI sources, text).</summary>
public sealed record NewTextKnowledge : NewKnowledge
{
    /// <summary>The shortest text.</summary>
    public const int ShortestText = 10;

    /// <summary>The longest text for the agent.</summary>
    public const int LongestTextForAgent = 5000;

    /// <summary>The longest text for suggested replies.</summary>
    public const int LongestTextForReplies = 2000;

    /// <summary>The source's name.</summary>
    public required string Name { get; init; }

    /// <summary>The text: at least 10 characters, at most 5,000 for the agent and 2,000 for suggested replies.</summary>
    public required string Text { get; init; }

    /// <summary>The text's language: <c>en</c>, <c>es</c>, <c>pt</c> or <c>ru</c>.</summary>
    public required string Lang { get; init; }

    internal override void Require() => KommoLimitException.Require(
        Text.Length, ShortestText, Use == KnowledgeUse.Agent ? LongestTextForAgent : LongestTextForReplies, "A text, in characters,", nameof(Text));
}

/// <summary>A file to add (Kommo: AI sources, file). It must be in Kommo's file storage first.</summary>
public sealed record NewFileKnowledge : NewKnowledge
{
    /// <summary>Where the file can be fetched: <see cref="StoredFile.DownloadLink"/>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The file's uuid.</summary>
    public required string FileUuid { get; init; }

    /// <summary>The file's language: <c>en</c>, <c>es</c>, <c>pt</c> or <c>ru</c>.</summary>
    public required string Lang { get; init; }

    /// <summary>The source's name.</summary>
    public string? Name { get; init; }
}
