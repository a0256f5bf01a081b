namespace Kommo;

/// <summary>A change to a custom field (Kommo: Custom fields, editing). The type cannot be changed.</summary>
public sealed record CustomFieldUpdate : EntityUpdate
{
    /// <summary>The name.</summary>
    public Change<string> Name { get; init; }

    /// <summary>A code to name the field by.</summary>
    public Change<string?> Code { get; init; }

    /// <summary>Its place.</summary>
    public Change<int> Sort { get; init; }

    /// <summary>The group to show it in.</summary>
    public Change<string?> GroupId { get; init; }

    /// <summary>Whether only the API can change its values.</summary>
    public Change<bool> IsApiOnly { get; init; }

    /// <summary>Whether it is shown; in lists.</summary>
    public Change<bool> IsVisible { get; init; }

    /// <summary>Whether it must be filled in; in lists.</summary>
    public Change<bool> IsRequired { get; init; }

    /// <summary>All options: those that are not given go away.</summary>
    public IReadOnlyList<CustomFieldOption>? Enums { get; init; }

    /// <summary>All categories of a category field.</summary>
    public IReadOnlyList<CustomFieldCategory>? Nested { get; init; }

    /// <summary>The stages from which on it must be filled in; leads only.</summary>
    public IReadOnlyList<PipelineStatus>? RequiredStatuses { get; init; }

    /// <summary>The stages at which it is not shown; leads only.</summary>
    public IReadOnlyList<PipelineStatus>? HiddenStatuses { get; init; }

    /// <summary>When to remind of a birthday: <c>never</c>, <c>day</c>, <c>week</c> or <c>month</c>.</summary>
    public Change<string> Remind { get; init; }

    /// <summary>The currency of a monetary field.</summary>
    public Change<string> Currency { get; init; }
}
