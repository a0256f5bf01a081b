using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Salesbot;

/// <summary>The body of a Salesbot request: JSON as documented, or a form in brackets, as integrators have seen it.</summary>
internal static class SalesbotBody
{
    private const int DeepestPath = 16;

    public static bool IsJson(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <summary>The token without building anything else: it stands at the top.</summary>
    public static string? FindInJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isToken = reader.ValueTextEquals("token"u8);
                reader.Read();
                if (isToken)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or no UTF-8 in it: nothing that Kommo has signed.
            return null;
        }

        return null;
    }

    public static string? FindInForm(ReadOnlySpan<byte> body)
    {
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.StartsWith("token="u8))
            {
                return HttpUtility.UrlDecode(Encoding.UTF8.GetString(pair["token="u8.Length..]));
            }
        }

        return null;
    }

    /// <exception cref="PermanentFailureException">The body is neither, or has no token or no return address.</exception>
    public static SalesbotRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var root = IsJson(body.Span) ? JsonNode.Parse(body.Span) as JsonObject : ReadForm(Encoding.UTF8.GetString(body.Span));
            var claims = SalesbotToken.Read(Text(root, "token")?.Split('.').ElementAtOrDefault(1));
            if (claims is not null && Uri.TryCreate(Text(root, "return_url"), UriKind.Absolute, out var address))
            {
                return new SalesbotRequest
                {
                    AccountId = claims.AccountId,
                    EntityType = claims.EntityType,
                    EntityId = claims.EntityId,
                    Data = JsonSerializer.SerializeToElement(root!["data"], SalesbotJson.Default.JsonNode),
                    ReturnUrl = address,
                };
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw NotARequest(e);
        }

        throw NotARequest(null);
    }

    private static PermanentFailureException NotARequest(Exception? cause) => new(
        DeadLetterReasons.NotAHook, "The body is no Salesbot request: it needs a token and a return_url.", cause);

    private static string? Text(JsonObject? root, string name) => root?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject ReadForm(string form)
    {
        var root = new JsonObject();
        var pairs = HttpUtility.ParseQueryString(form);
        foreach (var key in pairs.AllKeys.OfType<string>())
        {
            var path = key.Replace("]", "", StringComparison.Ordinal).Split('[', DeepestPath);
            var parent = root;
            foreach (var name in path[..^1])
            {
                if (parent[name] is not JsonObject child)
                {
                    parent[name] = child = [];
                }

                parent = child;
            }

            parent[path[^1]] = pairs[key];
        }

        return root;
    }
}
