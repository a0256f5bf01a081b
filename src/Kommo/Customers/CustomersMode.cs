using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>How an account uses customers (Kommo: Customers, mode).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CustomersMode>))]
public enum CustomersMode
{
    /// <summary>By segments.</summary>
    Segments,

    /// <summary>By periodic purchases, with statuses.</summary>
    Periodicity,
}

/// <summary>How an account uses customers, and whether it does.</summary>
public sealed class CustomersModeState : KommoObject
{
    /// <summary>The mode.</summary>
    public string? Mode { get; set; }

    /// <summary>Whether customers are on.</summary>
    public bool? IsEnabled { get; set; }
}

/// <summary>Sets how an account uses customers.</summary>
internal sealed record CustomersModeChange(CustomersMode Mode, bool IsEnabled);

/// <summary>Gives or takes bonus points.</summary>
internal sealed record BonusPointsChange(long? Earn, long? Redeem);

/// <summary>The points that a customer has.</summary>
internal sealed class BonusPoints : KommoObject
{
    [JsonPropertyName("bonus_points")]
    public long? Points { get; set; }
}
