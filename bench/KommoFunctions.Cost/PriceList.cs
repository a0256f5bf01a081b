using System.Text.Json;
using System.Text.Json.Serialization;

namespace KommoFunctions.Cost;

/// <summary>The prices of <c>prices.json</c>, each with where it is from.</summary>
internal sealed record PriceList(string Currency, string Note, IReadOnlyList<Price> Prices)
{
    public double this[string id] => Prices.Single(price => price.Id == id).Amount;

    public static PriceList Load()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream("prices.json")!;
        return JsonSerializer.Deserialize(stream, CostJson.Default.PriceList)!;
    }
}

/// <param name="Id">How the calculation names it.</param>
/// <param name="Amount">The price, or the free amount.</param>
/// <param name="Per">What it is paid for.</param>
/// <param name="Of">The meter.</param>
/// <param name="Source">Where it was read, and when.</param>
/// <param name="Confirmed">Whether a source says so.</param>
internal sealed record Price(string Id, double Amount, string Per, string Of, string Source, bool Confirmed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PriceList))]
internal sealed partial class CostJson : JsonSerializerContext;
