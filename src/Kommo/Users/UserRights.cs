using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What a user or a role may do (Kommo: Users, rights). Null is not sent.</summary>
public sealed record UserRights
{
    /// <summary>Leads.</summary>
    public EntityRights? Leads { get; init; }

    /// <summary>Contacts.</summary>
    public EntityRights? Contacts { get; init; }

    /// <summary>Companies.</summary>
    public EntityRights? Companies { get; init; }

    /// <summary>Tasks: editing and deleting.</summary>
    public EntityRights? Tasks { get; init; }

    /// <summary>Mail.</summary>
    public bool? MailAccess { get; init; }

    /// <summary>Lists.</summary>
    public bool? CatalogAccess { get; init; }

    /// <summary>Files.</summary>
    public bool? FilesAccess { get; init; }

    /// <summary>Rights at certain stages.</summary>
    public IReadOnlyList<StatusRight>? StatusRights { get; init; }

    /// <summary>The role that the rights come from; null for none.</summary>
    public long? RoleId { get; init; }

    /// <summary>The user's group.</summary>
    public long? GroupId { get; init; }

    /// <summary>Whether the user is an administrator.</summary>
    public bool? IsAdmin { get; init; }

    /// <summary>Whether the user is a free one, who has almost no rights.</summary>
    public bool? IsFree { get; init; }

    /// <summary>Whether the user is active.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Everything else that Kommo sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? AdditionalFields { get; set; }
}

/// <summary>What may be done with one kind of entity; each one of <see cref="AccessRights"/>.</summary>
public sealed record EntityRights
{
    /// <summary>Looking.</summary>
    public string? View { get; init; }

    /// <summary>Changing.</summary>
    public string? Edit { get; init; }

    /// <summary>Adding.</summary>
    public string? Add { get; init; }

    /// <summary>Deleting.</summary>
    public string? Delete { get; init; }

    /// <summary>Exporting.</summary>
    public string? Export { get; init; }

    /// <summary>The same right for everything.</summary>
    public static EntityRights All(string right) => new() { View = right, Edit = right, Add = right, Delete = right, Export = right };
}

/// <summary>Rights at one stage.</summary>
public sealed record StatusRight
{
    /// <summary>The kind of entity: <c>leads</c>.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The pipeline.</summary>
    public long? PipelineId { get; init; }

    /// <summary>The stage.</summary>
    public long? StatusId { get; init; }

    /// <summary>What may be done there.</summary>
    public EntityRights? Rights { get; init; }
}

/// <summary>On whose entities a right is given.</summary>
public static class AccessRights
{
    /// <summary>On all.</summary>
    public const string All = "A";

    /// <summary>On those of the user's group.</summary>
    public const string Group = "G";

    /// <summary>On those that the user is responsible for.</summary>
    public const string Own = "M";

    /// <summary>On those linked to what the user may see.</summary>
    public const string Linked = "L";

    /// <summary>On none.</summary>
    public const string Denied = "D";
}
