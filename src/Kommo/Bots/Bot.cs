namespace Kommo;

/// <summary>A bot of the account (Kommo: Salesbot). Bots are made in Kommo's interface.</summary>
public sealed class Bot : KommoObject
{
    /// <summary>The bot's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>The list of bots takes no filter.</summary>
public sealed record BotQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}

/// <summary>A bot to run for an entity. Only one runs for an entity at a time.</summary>
public sealed record BotRun
{
    /// <summary>The bot.</summary>
    public required long BotId { get; init; }

    /// <summary>The entity that it runs for.</summary>
    public required long EntityId { get; init; }

    /// <summary>That entity's kind: leads, contacts or customers.</summary>
    public required EntityType EntityType { get; init; }
}

/// <summary>The entity that a bot runs for.</summary>
internal sealed record BotTarget(long EntityId, EntityType EntityType);

/// <summary>A bot to run, as API v2 takes it: the kind of entity is its number.</summary>
internal sealed record BotRunV2(long BotId, long EntityId, string EntityType);
