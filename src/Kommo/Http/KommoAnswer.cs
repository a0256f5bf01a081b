using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>A successful answer: JSON, or nothing (204, or 404 where the call allows it).</summary>
internal sealed class KommoAnswer(KommoFailure facts, HttpStatusCode status, byte[] body)
{
    public HttpStatusCode Status => status;

    public bool IsEmpty => status is HttpStatusCode.NoContent or HttpStatusCode.NotFound;

    public bool HasJson => !IsEmpty && ResponseTranslator.LooksLikeJson(body);

    public T Read<T>(JsonTypeInfo<T> metadata)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, metadata) ?? throw Unexpected("an answer without content");
        }
        catch (JsonException e)
        {
            throw Unexpected("an answer of another shape", e);
        }
    }

    public (IReadOnlyList<T> Items, string? Next) ReadPage<T>(string key, JsonTypeInfo<T> metadata, string? otherKey = null)
        where T : class
    {
        try
        {
            return PageReader.Read(body, key, otherKey, metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Unexpected("an answer of another shape", e);
        }
    }

    /// <summary>Reads an answer that is a plain list.</summary>
    public IReadOnlyList<T> ReadList<T>(JsonTypeInfo<T> metadata)
        where T : class
    {
        try
        {
            return PageReader.ReadList(body, metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Unexpected("an answer of another shape", e);
        }
    }

    /// <summary>
    /// What a success tells of the item of this <c>request_id</c>, when Kommo carried out a part of the request only (Kommo: Calls);
    /// null when it tells nothing.
    /// </summary>
    public KommoValidationException? RefusalOf(string? requestId)
    {
        var problem = ProblemReader.TryRead(body);
        var items = problem?.Items.Where(item => item.RequestId is not null && item.RequestId == requestId).ToList();
        return items is [_, ..] ? new KommoValidationException(facts with { Problem = problem! with { Items = items } }) : null;
    }

    /// <summary>The error for an answer that does not hold what it should. Kommo acted, so the fate is not a refusal.</summary>
    public KommoUnexpectedResponseException Unexpected(string what, Exception? inner = null) =>
        new(facts, what, KommoErrorCategory.Rejected, RequestFate.Unknown, inner);
}
