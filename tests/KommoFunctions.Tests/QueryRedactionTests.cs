using System.Diagnostics;
using KommoFunctions.Telemetry;

namespace KommoFunctions.Tests;

public sealed class QueryRedactionTests
{
    [Theory]
    [InlineData("url.query", "?code=secret", "REDACTED")]
    [InlineData("url.full", "https://my-app.example/api/oauth/callback?code=secret", "https://my-app.example/api/oauth/callback?REDACTED")]
    [InlineData("http.url", "https://my-app.example/api/oauth/callback?code=secret", "https://my-app.example/api/oauth/callback?REDACTED")]
    [InlineData("http.target", "/api/oauth/callback?code=secret", "/api/oauth/callback?REDACTED")]
    [InlineData("url.full", "https://my-app.example/api/oauth/start", "https://my-app.example/api/oauth/start")]
    [InlineData("url.path", "/api/oauth/callback", "/api/oauth/callback")]
    public void No_query_stays_in_a_trace(string tag, string value, string left)
    {
        using var redaction = new QueryRedaction();
        using var activity = new Activity("request");
        activity.SetTag(tag, value);

        redaction.OnEnd(activity);

        Assert.Equal(left, activity.GetTagItem(tag));
    }
}
