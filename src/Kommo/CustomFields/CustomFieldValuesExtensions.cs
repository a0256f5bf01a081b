namespace Kommo;

/// <summary>Finding one custom field among an entity's.</summary>
public static class CustomFieldValuesExtensions
{
    /// <summary>The field of this id; null when the entity has no value for it.</summary>
    public static CustomFieldValues? Find(this IReadOnlyList<CustomFieldValues>? fields, long fieldId) =>
        fields?.FirstOrDefault(field => field.FieldId == fieldId);

    /// <summary>The field of this code, such as <c>PHONE</c>; null when the entity has no value for it.</summary>
    public static CustomFieldValues? Find(this IReadOnlyList<CustomFieldValues>? fields, string fieldCode) =>
        fields?.FirstOrDefault(field => string.Equals(field.FieldCode, fieldCode, StringComparison.OrdinalIgnoreCase));
}
