namespace Kommo;

/// <summary>A tag to create (Kommo: Tags, adding).</summary>
public sealed record NewTag : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The colour, as hexadecimal digits without <c>#</c>; leads' tags only.</summary>
    public string? Color { get; init; }
}
