using System.Text.Json;

namespace Kommo.Simulator;

/// <summary>One custom field of an entity with its values.</summary>
/// <param name="FieldId">The field's id.</param>
/// <param name="Values">Its values, in order.</param>
public sealed record SimulatedFieldValue(long FieldId, IReadOnlyList<SimulatedFieldItem> Values);

/// <summary>One value of a custom field.</summary>
/// <param name="Value">The value as it was written: text, number, flag or object.</param>
/// <param name="EnumId">The chosen option's id, where the field has options.</param>
/// <param name="EnumCode">The chosen option's code, where it has one.</param>
public sealed record SimulatedFieldItem(JsonElement Value, long? EnumId = null, string? EnumCode = null);

/// <summary>A tag.</summary>
/// <param name="Id">The id within the account.</param>
/// <param name="Name">The text.</param>
/// <param name="Color">Its colour, six hexadecimal digits; null for none.</param>
public sealed record SimulatedTag(long Id, string Name, string? Color = null);
