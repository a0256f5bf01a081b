using System.Text.Json;

namespace KommoFunctions.Outbox;

/// <summary>Tells whether what Kommo holds is what was sent: every field that was sent is there with the same value.</summary>
internal static class JsonSubset
{
    /// <param name="sent">What was sent.</param>
    /// <param name="held">What Kommo holds; it may have more fields.</param>
    /// <param name="except">A field of the request that is never held.</param>
    public static bool Matches(JsonElement sent, JsonElement held, string? except = null)
    {
        if (sent.ValueKind != JsonValueKind.Object || held.ValueKind != JsonValueKind.Object)
        {
            return sent.ValueKind == JsonValueKind.Array || sent.ValueKind == JsonValueKind.Object
                ? JsonElement.DeepEquals(sent, held)
                : sent.ToString() == held.ToString();
        }

        foreach (var field in sent.EnumerateObject())
        {
            if (field.Name != except && !(held.TryGetProperty(field.Name, out var value) && Matches(field.Value, value)))
            {
                return false;
            }
        }

        return true;
    }
}
