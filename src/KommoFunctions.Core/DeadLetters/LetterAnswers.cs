using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KommoFunctions.Accounts;

namespace KommoFunctions.DeadLetters;

/// <summary>The answers of the operators' routes: JSON, problems as RFC 9457 has them.</summary>
internal static class LetterAnswers
{
    public static HttpAnswer Json<T>(int statusCode, T value, JsonTypeInfo<T> type, string? etag = null) =>
        Of(statusCode, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(value, type), etag);

    public static HttpAnswer Message(int statusCode, string text) =>
        Json(statusCode, new Dictionary<string, string> { ["message"] = text }, LetterJson.Readable.DictionaryStringString);

    public static HttpAnswer Problem(int statusCode, string title, string detail) => Of(
        statusCode,
        "application/problem+json; charset=utf-8",
        JsonSerializer.SerializeToUtf8Bytes(new Problem("about:blank", title, statusCode, detail), LetterJson.Readable.Problem),
        etag: null);

    /// <param name="outcome">What became of it.</param>
    /// <param name="done">The answer when it was done.</param>
    /// <param name="refused">The status when it cannot be.</param>
    public static HttpAnswer Of(LetterOutcome outcome, Func<LetterOutcome, HttpAnswer> done, int refused = 409) => outcome.Result switch
    {
        LetterResult.Done => done(outcome),
        LetterResult.NotFound => Problem(404, "No such dead letter", outcome.Detail),
        LetterResult.Changed => Problem(412, "Changed meanwhile", outcome.Detail),
        _ => Problem(refused, "Not possible as it is", outcome.Detail),
    };

    /// <summary>Nothing of it may stay in a cache: bodies are full of people's data.</summary>
    private static HttpAnswer Of(int statusCode, string contentType, byte[] content, string? etag)
    {
        var headers = new Dictionary<string, string> { ["Cache-Control"] = "no-store", ["X-Content-Type-Options"] = "nosniff" };
        if (etag is not null)
        {
            headers["ETag"] = etag;
        }

        return new HttpAnswer(statusCode, contentType, content) { Headers = headers };
    }
}
