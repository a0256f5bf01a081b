using System.Text.Json.Serialization;

namespace Kommo.Simulator.Accounts;

internal sealed record AccountUser(long Id, string Name, string Email, bool IsAdmin);

internal sealed record Pipeline(long Id, string Name, long Sort, bool IsMain, IReadOnlyList<PipelineStatus> Statuses)
{
    /// <summary>Whether its incoming leads wait for somebody to accept them.</summary>
    public bool IsUnsortedOn { get; init; } = true;

    /// <summary>The first stage a person can put a lead in; the incoming-leads stage takes none from outside.</summary>
    [JsonIgnore]
    public long FirstStage => Statuses.First(status => status.Type == 0).Id;

    /// <summary>Where incoming leads wait.</summary>
    [JsonIgnore]
    public long UnsortedStage => Statuses.First(status => status.Type == 1).Id;

    public bool Has(long statusId) => Statuses.Any(status => status.Id == statusId);
}

internal sealed record PipelineStatus(long Id, string Name, long Sort, string Color, bool IsEditable, int Type)
{
    public IReadOnlyList<StatusDescription> Descriptions { get; init; } = [];
}

internal sealed record StatusDescription(long Id, string Level, string Description);

internal sealed record CustomField(
    EntityKind Kind, long Id, string Name, string? Code, string Type, IReadOnlyList<FieldOption>? Options = null);

internal sealed record FieldOption(long Id, string Value, string? Code = null);

/// <summary>Who makes a change: a user in Kommo's own pages, or an integration through the API.</summary>
internal sealed record Actor(long UserId, bool ThroughApi)
{
    /// <summary>What hooks name as <c>modified_user_id</c>: integrations are 0.</summary>
    public long HookUserId => ThroughApi ? 0 : UserId;

    public static Actor User(long id) => new(id, ThroughApi: false);
}
