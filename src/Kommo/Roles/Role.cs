using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A role: rights that users share (Kommo: Roles).</summary>
public sealed class Role : KommoObject
{
    /// <summary>The role's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>What its users may do.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<UserRights>))]
    public UserRights? Rights { get; set; }

    /// <summary>The ids of its users; with <see cref="RoleWith.Users"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> UserIds => Embedded?.Users ?? [];

    [JsonInclude]
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<RoleEmbedded>))]
    internal RoleEmbedded? Embedded { get; init; }
}

/// <summary>What stands under <c>_embedded</c> of a role.</summary>
internal sealed class RoleEmbedded
{
    public IReadOnlyList<long>? Users { get; set; }
}

/// <summary>A role to create (Kommo: Roles, adding).</summary>
public sealed record NewRole : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What its users may do.</summary>
    public required UserRights Rights { get; init; }
}

/// <summary>A change to a role (Kommo: Roles, editing).</summary>
public sealed record RoleUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>What its users may do.</summary>
    public UserRights? Rights { get; init; }
}

/// <summary>What to show of roles (Kommo: Roles).</summary>
public sealed record RoleQuery : ListQuery
{
    /// <summary>What to show besides the basics.</summary>
    public RoleWith With { get; init; }

    internal override void AddTo(QueryString query) => query.AddWith(With);
}

/// <summary>What roles are asked to show besides their basics (Kommo: Roles, <c>with</c>).</summary>
[Flags]
public enum RoleWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Their users.</summary>
    Users = 1 << 0,
}
