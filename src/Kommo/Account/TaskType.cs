using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A task type: 1 is follow-up, 2 is meeting, the account's own count from 3 (Kommo: Tasks).</summary>
public sealed class TaskType : KommoObject
{
    /// <summary>The type's id, as in <see cref="KommoTask.TaskTypeId"/>.</summary>
    public long Id { get; set; }

    /// <summary>The type's name.</summary>
    public string? Name { get; set; }

    /// <summary>The type's colour.</summary>
    public string? Color { get; set; }

    /// <summary>The icon's id.</summary>
    public long? IconId { get; set; }

    /// <summary>The type's code.</summary>
    public string? Code { get; set; }
}
