namespace Kommo;

/// <summary>
/// Narrows a list by one custom field (Kommo: Filters, <c>filter[custom_fields_values]</c>). Filters can be a paid option
/// (<see cref="AccountWith.IsApiFilterEnabled"/>).
/// </summary>
public sealed record CustomFieldFilter
{
    private CustomFieldFilter(long fieldId) => FieldId = fieldId;

    /// <summary>The field's id.</summary>
    public long FieldId { get; }

    /// <summary>The values, one of which must be there; empty for a range.</summary>
    public IReadOnlyList<string> Values { get; private init; } = [];

    /// <summary>The range of numbers; null for values and times.</summary>
    public NumberRange? Numbers { get; private init; }

    /// <summary>The range of times; null for values and numbers.</summary>
    public TimeRange? Times { get; private init; }

    /// <summary>Fields that hold one of these values: texts, or ids of options.</summary>
    public static CustomFieldFilter OneOf(long fieldId, params IReadOnlyList<string> values) => new(fieldId) { Values = values };

    /// <summary>Number fields in a range.</summary>
    public static CustomFieldFilter Between(long fieldId, NumberRange range) => new(fieldId) { Numbers = range };

    /// <summary>Date fields in a range.</summary>
    public static CustomFieldFilter Between(long fieldId, TimeRange range) => new(fieldId) { Times = range };

    internal void AddTo(QueryString query)
    {
        var name = $"filter[custom_fields_values][{FieldId.ToString(System.Globalization.CultureInfo.InvariantCulture)}]";
        query.Add(name, Values);
        query.Add(name, Numbers);
        query.Add(name, Times);
    }
}
