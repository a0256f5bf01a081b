using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Parts of an account that are shown on request.</summary>
public sealed class AccountEmbedded : KommoObject
{
    /// <summary>Task types; with <see cref="AccountWith.TaskTypes"/>.</summary>
    public IReadOnlyList<TaskType>? TaskTypes { get; set; }

    /// <summary>User groups; with <see cref="AccountWith.UsersGroups"/>.</summary>
    public IReadOnlyList<UserGroup>? UsersGroups { get; set; }

    /// <summary>Date and time settings; with <see cref="AccountWith.DatetimeSettings"/>.</summary>
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<DatetimeSettings>))]
    public DatetimeSettings? DatetimeSettings { get; set; }
}
