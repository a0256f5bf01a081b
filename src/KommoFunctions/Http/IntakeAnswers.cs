using System.Globalization;
using System.Net;
using KommoFunctions.Intake;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

internal static class IntakeAnswers
{
    /// <summary>Sends intake's answer as it is.</summary>
    public static async Task<HttpResponseData> AnswerAsync(this HttpRequestData request, Task<IntakeResult> answer)
    {
        var result = await answer;
        var response = request.CreateResponse((HttpStatusCode)result.StatusCode);
        response.Headers.Add("Content-Type", "text/plain; charset=utf-8");
        await response.WriteStringAsync(result.Text);
        return response;
    }

    /// <summary>What the request says of its body's length.</summary>
    public static long? ContentLength(this HttpRequestData request) =>
        long.TryParse(request.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    /// <summary>A header's first value.</summary>
    public static string? Header(this HttpRequestData request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
