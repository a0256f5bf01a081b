using System.Text.Json.Serialization;
using Kommo.OAuth;

namespace Kommo;

/// <summary>Source-generated metadata of the types that only this library handles.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(UnixSecondsConverter), typeof(DurationSecondsConverter)])]
[JsonSerializable(typeof(WebhookDestination))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(AccountLocation))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
