using Kommo.Http;

namespace Kommo.Tests.Support;

internal static class Pipelines
{
    /// <summary>A client without a pipeline: what it throws comes from the client alone.</summary>
    public static KommoClient BareClient(this KommoServer server) =>
        new(new HttpClient(KommoPipeline.CreateTransport()) { BaseAddress = server.Address });

    public static KommoClient Client(this KommoServer server, KommoPipelineOptions options) =>
        new(KommoPipeline.CreateClient(server.Address, options, KommoPipeline.CreateTransport()));
}

internal sealed class TokenSource(params string[] tokens) : IAccessTokenSource
{
    private int _at;

    public List<string> Rejected { get; } = [];

    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(tokens[_at]);

    public ValueTask<bool> RejectedAsync(string token, CancellationToken cancellationToken)
    {
        Rejected.Add(token);
        if (_at + 1 >= tokens.Length)
        {
            return ValueTask.FromResult(false);
        }

        _at++;
        return ValueTask.FromResult(true);
    }
}

internal sealed class Observer : ILimitObserver
{
    public List<string> Heard { get; } = [];

    public ValueTask RateLimitedAsync(TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        Heard.Add($"429 {retryAfter?.TotalSeconds}");
        return ValueTask.CompletedTask;
    }

    public ValueTask BlockedAsync(CancellationToken cancellationToken)
    {
        Heard.Add("blocked");
        return ValueTask.CompletedTask;
    }
}
