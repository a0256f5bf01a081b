using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Kommo;

/// <summary>
/// The signature that the Chats API wants instead of a token (Kommo: Chats API, authorization): HMAC-SHA1 with the channel's secret over
/// method, MD5 of the body, type, date and path, each on a line of its own. It is good for 15 minutes.
/// </summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Kommo asks for HMAC-SHA1.")]
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "Kommo asks for MD5, as a checksum.")]
internal sealed class ChatSignature(string secret, TimeProvider time) : IRequestSigner
{
    private const string ContentType = "application/json";
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body)
    {
        var date = time.GetUtcNow().ToString("ddd, dd MMM yyyy HH':'mm':'ss '+0000'", CultureInfo.InvariantCulture);
        var md5 = Convert.ToHexStringLower(MD5.HashData(body));
        request.Headers.TryAddWithoutValidation("Date", date);
        request.Headers.TryAddWithoutValidation("X-Signature", Of(request.Method.Method, md5, date, request.RequestUri!.AbsolutePath));

        // A request without a body is signed too, and its headers are ones of content.
        request.Content ??= new ByteArrayContent([]);
        var headers = request.Content.Headers;
        Replace(headers, "Content-Type", ContentType);

        // Not HttpContent.Headers.ContentMD5: that writes base64, and Kommo wants the digits.
        Replace(headers, "Content-MD5", md5);
    }

    /// <summary>The signature of these very texts.</summary>
    public string Of(string method, string md5, string date, string path) => Convert.ToHexStringLower(
        HMACSHA1.HashData(_secret, Encoding.UTF8.GetBytes($"{method.ToUpperInvariant()}\n{md5}\n{ContentType}\n{date}\n{path}")));

    private static void Replace(HttpContentHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }
}
