namespace Kommo;

/// <summary>What is wrong with one field.</summary>
/// <param name="Code">The error's code, such as <c>NotSupportedChoice</c>.</param>
/// <param name="Path">The field, such as <c>custom_fields_values.0.field_id</c>.</param>
/// <param name="Detail">Kommo's own words.</param>
public sealed record KommoFieldProblem(string? Code, string? Path, string? Detail);
