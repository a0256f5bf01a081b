using System.Text.Json;

namespace Kommo;

/// <summary>
/// The problem that Kommo described (Kommo: HTTP codes; RFC 9457). Its texts are Kommo's own and may repeat what was
/// sent; they are never part of an exception's message.
/// </summary>
public sealed record KommoProblem
{
    /// <summary>The kind of problem, such as <c>Bad Request</c>.</summary>
    public string? Title { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Detail { get; init; }

    /// <summary>The token endpoint's reason, such as <c>Token has been revoked</c>.</summary>
    public string? Hint { get; init; }

    /// <summary>The problem type's URL.</summary>
    public string? Type { get; init; }

    /// <summary>A code, where Kommo gives one.</summary>
    public string? Code { get; init; }

    /// <summary>The id that Kommo's support can look up.</summary>
    public string? TraceId { get; init; }

    /// <summary>How long to wait before the next request, from the body of a 429.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is wrong with each item, when the request was refused for its content.</summary>
    public IReadOnlyList<KommoItemProblem> Items { get; init; } = [];

    /// <summary>The whole body.</summary>
    public JsonElement Body { get; init; }
}
