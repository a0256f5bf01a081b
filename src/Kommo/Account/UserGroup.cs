using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A group of users.</summary>
public sealed class UserGroup : KommoObject
{
    /// <summary>The group's id; 0 is the default group.</summary>
    public long Id { get; set; }

    /// <summary>The group's name.</summary>
    public string? Name { get; set; }
}
