using System.Text.RegularExpressions;

namespace KommoFunctions.DeadLetters;

/// <summary>
/// Takes the signature out of the JWTs in a text that is shown. A Salesbot's token lets whoever has it send us requests in Kommo's name until it ends;
/// without its signature it lets nobody, and still says what it is about. A replay does not need the signature: it was checked before the request was
/// queued.
/// </summary>
internal static partial class TokenRedaction
{
    public static string Of(string text) => Jwt().Replace(text, "$1.signature-not-shown");

    /// <summary>Header and payload are JSON objects in base64url, so begin with <c>{"</c>.</summary>
    [GeneratedRegex(@"\b(eyJ[A-Za-z0-9_-]{6,}\.eyJ[A-Za-z0-9_-]{6,})\.[A-Za-z0-9_-]{16,}", RegexOptions.CultureInvariant)]
    private static partial Regex Jwt();
}
