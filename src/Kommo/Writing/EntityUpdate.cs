using System.Globalization;

namespace Kommo;

/// <summary>
/// A change to an entity. Only the fields that are set are sent, so that what others changed meanwhile stays: see
/// <see cref="Change{T}"/> for the difference between clearing a field and leaving it.
/// </summary>
public abstract record EntityUpdate : WriteItem
{
    private protected EntityUpdate()
    {
    }

    /// <summary>The entity's id.</summary>
    public required long Id { get; init; }

    internal override string? Key => Id.ToString(CultureInfo.InvariantCulture);
}
