using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using Kommo.Http;

namespace Kommo.Client.Benchmarks;

/// <summary>
/// What a request costs beside the network: reading one lead through the whole pipeline (telemetry, retry, limiter, token, time limit) and the
/// client, beside a bare <see cref="HttpClient"/> that reads the same lead. Both are answered in the process.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls the cleanup.")]
public class PipelineBenchmarks
{
    private static readonly Uri Account = new("https://example.kommo.com/");

    private HttpClient _bare = new();
    private KommoClient? _client;

    /// <summary>Makes both.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var transport = new Answering(Encoding.UTF8.GetBytes(Samples.Lead(7)));
        _bare = new HttpClient(transport, disposeHandler: false) { BaseAddress = Account };
        _bare.DefaultRequestHeaders.Authorization = new("Bearer", "token");
        var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1 });
        _client = new KommoClient(KommoPipeline.CreateClient(
            Account, new() { Limiter = limiter, Observer = new AccountRateLimiter(), Tokens = new StaticAccessToken("token") }, transport));
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public async Task<long> BareHttpClient()
    {
        using var response = await _bare.GetAsync(new Uri("/api/v4/leads/7", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        var lead = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(), KommoJson.TypeOf<Lead>());
        return lead!.Id;
    }

    /// <summary>Through the client and its pipeline.</summary>
    [Benchmark]
    public async Task<long> ClientWithPipeline() => (await _client!.Leads.GetAsync(7))!.Id;

    /// <summary>Ends what was made.</summary>
    [GlobalCleanup]
    public void Clean() => _bare.Dispose();

    private sealed class Answering(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/hal+json");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
        }
    }
}
