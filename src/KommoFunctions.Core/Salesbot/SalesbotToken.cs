using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kommo;

namespace KommoFunctions.Salesbot;

/// <summary>
/// The token of a Salesbot request: a JWT, signed by HMAC-SHA512 with the integration's secret (Kommo: Salesbot, <c>widget_request</c>). No other
/// algorithm is accepted, whatever its header says.
/// </summary>
internal sealed class SalesbotToken
{
    /// <summary>What Kommo's clock and ours may differ by.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private const int Longest = 8 * 1024;

    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private SalesbotToken(SalesbotClaims claims, byte[] signed, byte[] signature)
    {
        Claims = claims;
        _signed = signed;
        _signature = signature;
    }

    /// <summary>What it says; to be believed when it <see cref="IsSigned"/>.</summary>
    public SalesbotClaims Claims { get; }

    /// <summary>The token in a body, JSON or a form; null when there is none.</summary>
    public static string? Find(ReadOnlyMemory<byte> body) => SalesbotBody.IsJson(body.Span) ? SalesbotBody.FindInJson(body.Span) : SalesbotBody.FindInForm(body.Span);

    /// <summary>Reads a token that has the right form and is valid now, whoever signed it.</summary>
    public static bool TryParse(string text, DateTimeOffset now, [NotNullWhen(true)] out SalesbotToken? token)
    {
        token = null;
        var signature = new byte[HMACSHA512.HashSizeInBytes];
        if (text.Length > Longest
            || text.Split('.') is not [var header, var payload, var end]
            || end.Length != Base64Url.GetEncodedLength(signature.Length)
            || Base64Url.DecodeFromChars(end, signature, out _, out var written) != OperationStatus.Done
            || written != signature.Length
            || !IsHs512(header)
            || Read(payload) is not { } claims
            || claims.Expires <= now - ClockTolerance
            || claims.NotBefore > now + ClockTolerance)
        {
            return false;
        }

        token = new SalesbotToken(claims, Encoding.UTF8.GetBytes(text[..^(end.Length + 1)]), signature);
        return true;
    }

    /// <summary>Whether one of the secrets signed it.</summary>
    public bool IsSigned(IReadOnlyList<byte[]> secrets)
    {
        Span<byte> right = stackalloc byte[HMACSHA512.HashSizeInBytes];
        var isRight = false;
        foreach (var secret in secrets)
        {
            HMACSHA512.HashData(secret, _signed, right);
            isRight |= CryptographicOperations.FixedTimeEquals(_signature, right);
        }

        return isRight;
    }

    /// <summary>What a token says that was verified when it came in.</summary>
    public static SalesbotClaims? Read(string? payload)
    {
        try
        {
            if (payload is null || !Base64Url.IsValid(payload))
            {
                return null;
            }

            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Number(root, "account_id") is > 0 and var account && Time(root, "exp") is { } expires
                ? new SalesbotClaims(
                    account,
                    Text(root, "entity_type") is { } type && !string.IsNullOrWhiteSpace(type) ? EntityType.Parse(type) : null,
                    Number(root, "entity_id"),
                    expires,
                    Time(root, "nbf") ?? Time(root, "iat") ?? DateTimeOffset.UnixEpoch)
                : null;
        }
        catch (Exception e) when (IsNoToken(e))
        {
            return null;
        }
    }

    private static bool IsHs512(string header)
    {
        try
        {
            if (!Base64Url.IsValid(header))
            {
                return false;
            }

            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            return document.RootElement.ValueKind == JsonValueKind.Object && Text(document.RootElement, "alg") == "HS512";
        }
        catch (Exception e) when (IsNoToken(e))
        {
            return false;
        }
    }

    /// <summary>No JSON, or a text in it that is none: half a surrogate pair.</summary>
    private static bool IsNoToken(Exception e) => e is JsonException or InvalidOperationException;

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private static long? Number(JsonElement root, string name) =>
        long.TryParse(Text(root, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Seconds, which some libraries write with a fraction.</summary>
    private static DateTimeOffset? Time(JsonElement root, string name) =>
        double.TryParse(Text(root, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}

/// <summary>What a Salesbot's token says.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="EntityType">What the bot talks about; Kommo may send its number instead of its name.</param>
/// <param name="EntityId">Its id.</param>
/// <param name="Expires">When the token ends.</param>
/// <param name="NotBefore">When it begins.</param>
internal sealed record SalesbotClaims(long AccountId, EntityType? EntityType, long? EntityId, DateTimeOffset Expires, DateTimeOffset NotBefore);
