using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.Chats;

/// <summary>
/// Checks how a request to the Chats API is signed: HMAC-SHA1 with the channel's secret over method, body's MD5, type, date and path
/// (Kommo: Chats API). The hash is compared with the bytes that came, not with what the header says of them.
/// </summary>
internal static class ChatSignature
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private static readonly string[] DateFormats =
        ["ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, dd MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss zzz"];

    public static bool IsGenuine(HttpRequest request, byte[] body, KommoSimulatorOptions options)
    {
        IHeaderDictionary headers = request.Headers;
        string date = headers.Date.ToString();
        string md5 = headers["Content-MD5"].ToString();
        return IsFresh(date, options)
            && md5 == Md5(body)
            && headers.ContentType == "application/json"
            && Same(
                headers["X-Signature"].ToString(),
                Of(options.ChatChannelSecret, request.Method, md5, "application/json", date, request.Path.ToUriComponent()));
    }

    public static string Of(string secret, string method, string md5, string type, string date, string path) =>
        Hash(secret, Encoding.UTF8.GetBytes($"{method}\n{md5}\n{type}\n{date}\n{path}"));

    /// <summary>How hooks of the chats are signed: over the body alone.</summary>
    public static string OfBody(string secret, byte[] body) => Hash(secret, body);

    private static string Hash(string secret, byte[] text)
    {
#pragma warning disable CA5350 // Kommo signs chats with SHA-1.
        return Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), text));
#pragma warning restore CA5350
    }

    private static string Md5(byte[] body)
    {
#pragma warning disable CA5351 // Kommo asks for MD5.
        return Convert.ToHexStringLower(MD5.HashData(body));
#pragma warning restore CA5351
    }

    private static bool IsFresh(string date, KommoSimulatorOptions options) =>
        DateTimeOffset.TryParseExact(
            date.Replace("+0000", "+00:00", StringComparison.Ordinal), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset signed)
        && (options.TimeProvider.GetUtcNow() - signed).Duration() <= Life;

    private static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(expected));
}
