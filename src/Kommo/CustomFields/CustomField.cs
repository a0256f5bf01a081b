using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A custom field (Kommo: Custom fields).</summary>
public sealed class CustomField : KommoObject
{
    /// <summary>The field's id.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The type, one of <see cref="CustomFieldTypes"/>.</summary>
    public string? Type { get; set; }

    /// <summary>The code, such as <c>PHONE</c>.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Code { get; set; }

    /// <summary>Its place.</summary>
    public int? Sort { get; set; }

    /// <summary>The kind of entity that has it.</summary>
    public EntityType? EntityType { get; set; }

    /// <summary>The group that it is shown in.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? GroupId { get; set; }

    /// <summary>Whether only the API can change its values.</summary>
    public bool? IsApiOnly { get; set; }

    /// <summary>Whether it is one of Kommo's own.</summary>
    public bool? IsPredefined { get; set; }

    /// <summary>Whether it can be deleted.</summary>
    public bool? IsDeletable { get; set; }

    /// <summary>Whether it is shown; in lists.</summary>
    public bool? IsVisible { get; set; }

    /// <summary>Whether it must be filled in; in lists.</summary>
    public bool? IsRequired { get; set; }

    /// <summary>The options of a field that has some.</summary>
    public IReadOnlyList<CustomFieldOption>? Enums { get; set; }

    /// <summary>The categories of a category field.</summary>
    public IReadOnlyList<CustomFieldCategory>? Nested { get; set; }

    /// <summary>The stages from which on it must be filled in; leads only.</summary>
    public IReadOnlyList<PipelineStatus>? RequiredStatuses { get; set; }

    /// <summary>The stages at which it is not shown; leads only.</summary>
    public IReadOnlyList<PipelineStatus>? HiddenStatuses { get; set; }

    /// <summary>The lists of a chained list.</summary>
    public IReadOnlyList<ChainedList>? ChainedLists { get; set; }

    /// <summary>When to remind of a birthday: <c>never</c>, <c>day</c>, <c>week</c> or <c>month</c>.</summary>
    public string? Remind { get; set; }

    /// <summary>The currency of a monetary field.</summary>
    public string? Currency { get; set; }

    /// <summary>How tracking_data is filled in.</summary>
    public string? TrackingCallback { get; set; }

    /// <summary>The list that has it.</summary>
    public long? CatalogId { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    private protected override string? AnsweredKey => Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
