using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A user of the account (Kommo: Users).</summary>
public sealed class User : KommoObject
{
    /// <summary>The user's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>The language of the interface.</summary>
    public string? Lang { get; set; }

    /// <summary>What the user may do.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<UserRights>))]
    public UserRights? Rights { get; set; }

    /// <summary>The user's universal id; with <see cref="UserWith.Uuid"/>.</summary>
    public string? Uuid { get; set; }

    /// <summary>The user's id in the Chats API; with <see cref="UserWith.AmojoId"/>.</summary>
    public string? AmojoId { get; set; }

    /// <summary>Roles and groups, as <see cref="UserWith"/> asks for them.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<UserEmbedded>))]
    public UserEmbedded? Embedded { get; set; }
}

/// <summary>What stands under <c>_embedded</c> of a user.</summary>
public sealed class UserEmbedded : KommoObject
{
    /// <summary>The user's roles.</summary>
    public IReadOnlyList<Role>? Roles { get; set; }

    /// <summary>The user's groups.</summary>
    public IReadOnlyList<UserGroup>? Groups { get; set; }
}
