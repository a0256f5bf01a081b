using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>One request to make.</summary>
/// <param name="Method">The method.</param>
/// <param name="RouteTemplate">The route without ids.</param>
/// <param name="PathAndQuery">Where it goes on the account's host.</param>
internal sealed record KommoCall(HttpMethod Method, string RouteTemplate, string PathAndQuery)
{
    /// <summary>The body, as a rule JSON; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>A header besides the usual ones; null for none.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>Whether 404 means "nothing there" rather than an error.</summary>
    public bool NotFoundIsEmpty { get; init; }

    /// <summary>
    /// Whether the request may be sent again when it is not known what became of the first: reading, deleting, and saying
    /// what something is to be are as good twice as once; creating is not.
    /// </summary>
    public bool IsRepeatable { get; init; } = Method != HttpMethod.Post;

    /// <summary>Whether a success may come without JSON: with nothing, or with a word such as <c>Accepted</c>.</summary>
    public bool AnswerMayBeEmpty { get; init; }

    /// <summary>The body's type.</summary>
    public string ContentType { get; init; } = "application/json";

    public KommoCall With<T>(T body, JsonTypeInfo<T> metadata) => this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, metadata) };
}
