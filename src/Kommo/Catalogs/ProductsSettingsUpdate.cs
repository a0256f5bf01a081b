namespace Kommo;

/// <summary>A change to how the account uses products (Kommo: Products, settings).</summary>
public sealed record ProductsSettingsUpdate : WriteItem
{
    /// <summary>Whether the list of products is on.</summary>
    public Change<bool> IsEnabled { get; init; }
}
