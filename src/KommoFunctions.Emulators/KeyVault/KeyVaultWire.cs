using System.Text.Json.Serialization;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>The body of set and update; update has no value.</summary>
internal sealed record SecretRequest(
    string? Value, string? ContentType, Dictionary<string, string>? Tags, RequestAttributes? Attributes);

internal sealed record RequestAttributes(bool? Enabled, long? Nbf, long? Exp);

/// <summary>A secret, an item of a list or a deleted secret: the vault's bundles differ in what they leave out.</summary>
internal sealed record SecretBundle
{
    public string? Value { get; init; }

    public required string Id { get; init; }

    public string? ContentType { get; init; }

    public required BundleAttributes Attributes { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public string? RecoveryId { get; init; }

    public long? DeletedDate { get; init; }

    public long? ScheduledPurgeDate { get; init; }
}

internal sealed record BundleAttributes(
    bool Enabled, long? Nbf, long? Exp, long Created, long Updated, string RecoveryLevel, int RecoverableDays);

internal sealed record SecretPage(IReadOnlyList<SecretBundle> Value, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextLink);

internal sealed record ErrorBody(ErrorDetail Error);

internal sealed record ErrorDetail(string Code, string Message, [property: JsonPropertyName("innererror")] InnerError? InnerError);

internal sealed record InnerError(string Code);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SecretRequest))]
[JsonSerializable(typeof(SecretBundle))]
[JsonSerializable(typeof(SecretPage))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(StoredSecret))]
internal sealed partial class KeyVaultJson : JsonSerializerContext;
