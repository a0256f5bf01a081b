using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A group that custom fields are shown in (Kommo: Custom fields, groups).</summary>
public sealed class FieldGroup : KommoObject
{
    /// <summary>The group's id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string Id { get; set; } = "";

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Its place.</summary>
    public int? Sort { get; set; }

    /// <summary>Whether it is one of Kommo's own.</summary>
    public bool? IsPredefined { get; set; }

    /// <summary>The kind of entity whose fields it shows.</summary>
    public EntityType? EntityType { get; set; }

    /// <summary>The fields' ids.</summary>
    public IReadOnlyList<long>? Fields { get; set; }
}

/// <summary>A group to create.</summary>
public sealed record NewFieldGroup : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Its place.</summary>
    public int? Sort { get; init; }

    /// <summary>The fields' ids.</summary>
    public IReadOnlyList<long>? Fields { get; init; }
}

/// <summary>A change to a group.</summary>
public sealed record FieldGroupUpdate : WriteItem
{
    /// <summary>The group's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>Its place.</summary>
    public Change<int> Sort { get; init; }

    /// <summary>All fields' ids.</summary>
    public IReadOnlyList<long>? Fields { get; init; }

    internal override string? Key => Id;
}

/// <summary>The list of groups takes no filter.</summary>
public sealed record FieldGroupQuery : ListQuery
{
    internal override void AddTo(QueryString query)
    {
    }
}
