using System.Text.Json;

namespace Kommo.OAuth;

/// <summary>
/// Tells what a refusal of the token endpoint speaks of (Kommo: OAuth 2.0; RFC 6749, 5.2). Only one that speaks of the code or the token itself costs it;
/// of all others, and of those that nobody has seen yet, the tokens are kept. Kommo answers in the account's language, but its hints, and the word in
/// them that counts, hardly differ.
/// </summary>
internal static class TokenRefusal
{
    /// <summary>The grant itself, in the languages of Kommo's interface.</summary>
    private static readonly string[] Grants =
        ["token", "токен", "authorization code", "код авторизации", "código de autorización", "código de autorização", "kode otorisasi"];

    /// <summary>Words of a refusal that speaks of the request or the integration, be it beside the token: <c>Token is not linked to client</c>.</summary>
    private static readonly string[] Others = ["`", "check the", "client", "клиент", "redirect", "integra", "интеграци", "parameter", "параметр", "account"];

    /// <summary>Whether it is the code or the token that Kommo does not take.</summary>
    public static bool IsOfGrant(KommoProblem problem)
    {
        if (ErrorOf(problem.Body) is { } code)
        {
            return code == "invalid_grant" && !Contains(problem.Hint, Others);
        }

        // Without a hint the detail has to say it: "The refresh token is invalid."
        var text = string.IsNullOrWhiteSpace(problem.Hint) ? problem.Detail : problem.Hint;
        return Contains(text, Grants) && !Contains(text, Others);
    }

    /// <summary>The code of RFC 6749.</summary>
    private static string? ErrorOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
            ? error.GetString()
            : null;

    private static bool Contains(string? text, string[] words) =>
        text is not null && Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
