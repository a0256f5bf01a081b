using System.Net;
using KommoFunctions.DeadLetters;
using Microsoft.Azure.Functions.Worker.Http;

namespace KommoFunctions.Http;

internal static class JsonAnswers
{
    /// <summary>Sends an answer of Core's as it is.</summary>
    public static async Task<HttpResponseData> AnswerAsync(this HttpRequestData request, Task<JsonAnswer> answer)
    {
        var (statusCode, json) = await answer;
        var response = request.CreateResponse((HttpStatusCode)statusCode);
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        await response.Body.WriteAsync(json);
        return response;
    }
}
