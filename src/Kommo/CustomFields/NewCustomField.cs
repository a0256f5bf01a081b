namespace Kommo;

/// <summary>A custom field to create (Kommo: Custom fields, adding). An administrator's token is needed. Null is not sent.</summary>
public sealed record NewCustomField : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The type, one of <see cref="CustomFieldTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>A code to name the field by.</summary>
    public string? Code { get; init; }

    /// <summary>Its place.</summary>
    public int? Sort { get; init; }

    /// <summary>The group to show it in.</summary>
    public string? GroupId { get; init; }

    /// <summary>Whether only the API can change its values.</summary>
    public bool? IsApiOnly { get; init; }

    /// <summary>Whether it is shown; in lists.</summary>
    public bool? IsVisible { get; init; }

    /// <summary>Whether it must be filled in; in lists.</summary>
    public bool? IsRequired { get; init; }

    /// <summary>The options of a field that has some.</summary>
    public IReadOnlyList<CustomFieldOption>? Enums { get; init; }

    /// <summary>The categories of a category field.</summary>
    public IReadOnlyList<CustomFieldCategory>? Nested { get; init; }

    /// <summary>The stages from which on it must be filled in; leads only.</summary>
    public IReadOnlyList<PipelineStatus>? RequiredStatuses { get; init; }

    /// <summary>The stages at which it is not shown; leads only.</summary>
    public IReadOnlyList<PipelineStatus>? HiddenStatuses { get; init; }

    /// <summary>The lists of a chained list.</summary>
    public IReadOnlyList<ChainedList>? ChainedLists { get; init; }

    /// <summary>When to remind of a birthday: <c>never</c>, <c>day</c>, <c>week</c> or <c>month</c>.</summary>
    public string? Remind { get; init; }

    /// <summary>The currency of a monetary field.</summary>
    public string? Currency { get; init; }

    internal override void Require() =>
        KommoLimitException.RequireAtMost(ChainedLists?.Count, KommoLimits.ChainedListElements, "lists in a chained list", nameof(ChainedLists));
}
