using System.Text.Json;

namespace Kommo;

/// <summary>How this library writes and reads Kommo's JSON.</summary>
public static class KommoJson
{
    /// <summary>
    /// Snake case, unix seconds, nothing sent for null, numbers accepted as text, unknown fields kept. Metadata is
    /// source-generated (<see cref="KommoJsonContext"/>), so the options work in trimmed and ahead-of-time compiled programs.
    /// </summary>
    public static JsonSerializerOptions Options => KommoJsonContext.Default.Options;
}
