using System.Net;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

internal static class HttpAnswers
{
    /// <summary>Sends an answer of Core's as it is.</summary>
    public static async Task<HttpResponseData> AnswerAsync(this HttpRequestData request, Task<HttpAnswer> answer)
    {
        var result = await answer;
        var response = request.CreateResponse((HttpStatusCode)result.StatusCode);
        foreach (var (name, value) in result.Headers)
        {
            response.Headers.Add(name, value);
        }

        response.Headers.Add("Content-Type", result.ContentType);
        await response.Body.WriteAsync(result.Content);
        return response;
    }
}
