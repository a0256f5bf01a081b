using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A custom field (Kommo: Custom fields).</summary>
public sealed class CustomField : KommoObject
{
    /// <summary>The field's id.</summary>
    public long Id { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The type, one of <see cref="CustomFieldTypes"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The code, such as <c>PHONE</c>.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Code { get; init; }

    /// <summary>Its place.</summary>
    public int? Sort { get; init; }

    /// <summary>The kind of entity that has it.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>The group that it is shown in.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? GroupId { get; init; }

    /// <summary>Whether only the API can change its values.</summary>
    public bool? IsApiOnly { get; init; }

    /// <summary>Whether it is one of Kommo's own.</summary>
    public bool? IsPredefined { get; init; }

    /// <summary>Whether it can be deleted.</summary>
    public bool? IsDeletable { get; init; }

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

    /// <summary>How tracking_data is filled in.</summary>
    public string? TrackingCallback { get; init; }

    /// <summary>The list that has it.</summary>
    public long? CatalogId { get; init; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; init; }

    private protected override string? AnsweredKey => Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
