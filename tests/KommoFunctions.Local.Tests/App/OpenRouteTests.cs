using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using KommoFunctions.Emulators.Storage;
using KommoFunctions.Local.App;
using KommoFunctions.Local.Tests.Framework;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Local.Tests.App;

/// <summary>
/// What holds of every route that is open to anybody: whatever a stranger sends there is refused, is no error of ours, and is stored nowhere. The routes
/// are those that the app maps, so that a new one is tested too.
/// </summary>
[Collection(RunningApp.Name)]
public sealed partial class OpenRouteTests(RunningApp running)
{
    private const int Requests = 150;

    private static readonly string[] Parameters =
    [
        "signature", "client_uuid", "account_id", "code", "state", "referer", "client_id", "error", "x",
    ];

    private static readonly string[] OddTexts =
    [
        "", " ", "%", "%zz", "%00", "%ff", "%f0%9f%98%80", "%ud800", "é", "-1", "1e99", "9223372036854775808", "../..", "'\"<>", "null", "a%2Fb", "kommo.com", "example.kommo.com",
        "127.0.0.1:1", "a@b.kommo.com", new('a', 4_000), new('0', 40), new('f', 64), new('A', 43),
    ];

    /// <summary>What stands where a bot's token says who it is from.</summary>
    private static readonly string[] OddClaims =
    [
        "{\"account_id\":1,\"exp\":99999999999,\"entity_type\":\" \"}", "{\"account_id\":\"\\ud800\",\"exp\":99999999999}", "{\"account_id\":1,\"exp\":\"\\udc00\"}",
        "{\"account_id\":1,\"exp\":1e400}", "{\"account_id\":1,\"exp\":99999999999,\"nbf\":-1e400}", "{\"\\ud800\":1}", "{\"account_id\":1e5,\"exp\":1}", "[]", "null", "\"\\ud800\"", "{",
        "{\"account_id\":1,\"exp\":99999999999,\"entity_type\":\"\\ud800\"}",
    ];

    private static readonly string[] OddHeaders =
        ["{\"alg\":\"HS512\"}", "{\"alg\":\"\\ud800\"}", "{\"\\ud800\":1}", "{\"alg\":{}}", "[\"HS512\"]", "HS512", "{"];

    [Fact]
    public async Task Whatever_a_stranger_sends_is_refused_and_is_no_error_and_is_stored_nowhere()
    {
        var errors = new ConcurrentQueue<string>();
        await using var app = await StartAsync(errors);
        var routes = OpenRoutes(app);
        Assert.Contains(routes, route => route.Path == HttpRoutes.Hook);
        Assert.Contains(routes, route => route.Path == HttpRoutes.ConnectCallback);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        });
        var before = await StoredWhenQuietAsync();
        foreach (var (method, path) in routes)
        {
            // The same requests each time that it is run.
            var random = new Random(20_260_101);
            for (var i = 0; i < Requests; i++)
            {
                var address = $"{Address(app)}/{HttpRoutes.Prefix}/{Filled(path, random)}?{Query(random)}";
                if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
                {
                    continue;
                }

                using var request = new HttpRequestMessage(new HttpMethod(method), uri);
                request.Headers.TryAddWithoutValidation("X-Signature", Odd(random));
                request.Headers.TryAddWithoutValidation("Cookie", $"__Host-{Odd(random)}={Odd(random)}; ;=;{Odd(random)}");
                if (method == "POST")
                {
                    request.Content = new ByteArrayContent(Body(random));
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", Odd(random));
                }

                using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.True((int)answer.StatusCode is 302 or (>= 400 and < 500), $"{method} {path}, request {i}: {(int)answer.StatusCode} to {address}");
            }
        }

        Assert.Empty(errors);
        Assert.Equal(before, Stored());
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Whoever_hangs_up_in_the_middle_of_a_body_makes_no_error_unless_he_is_known()
    {
        var errors = new ConcurrentQueue<string>();
        await using var app = await StartAsync(errors);
        foreach (var (_, path) in OpenRoutes(app).Where(route => route.Method == "POST"))
        {
            var target = path.Replace("{accountId}", "1", StringComparison.Ordinal).Replace("{token}", new string('A', 43), StringComparison.Ordinal)
                .Replace("{scopeId}", "scope", StringComparison.Ordinal);
            using var socket = new TcpClient("127.0.0.1", Address(app).Port);
            await socket.Client.SendAsync(
                Encoding.ASCII.GetBytes($"POST /api/{target} HTTP/1.1\r\nHost: localhost\r\nX-Signature: {new string('0', 40)}\r\nContent-Length: 100\r\n\r\n{{\"token"),
                TestContext.Current.CancellationToken);
            // Long enough to be inside the route.
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
            socket.Client.LingerState = new LingerOption(true, 0);
        }

        // Stopping waits for the requests.
        await app.StopAsync(TestContext.Current.CancellationToken);
        Assert.Empty(errors);
    }

    private async Task<WebApplication> StartAsync(ConcurrentQueue<string> errors)
    {
        var settings = new Dictionary<string, string?>(running.Surroundings.Settings)
        {
            // A busy machine is no stranger.
            ["KommoFunctions:Intake:Deadline"] = "00:00:02",
            ["KommoFunctions:Intake:ChatDeadline"] = "00:00:05",
        };
        var port = Enumerable.Range(running.Surroundings.AppAddress.Port + 1, 1_000).First(Emulators.Ports.IsFree);
        var app = LocalApp.Build(port, settings, quiet: true, logging => logging.AddProvider(new Errors(errors)));
        await LocalApp.StartAsync(app, CancellationToken.None);
        return app;
    }

    private static Uri Address(WebApplication app) => new(app.Urls.First().Replace("[::1]", "127.0.0.1", StringComparison.Ordinal));

    private static List<(string Method, string Path)> OpenRoutes(WebApplication app) =>
    [
        .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.OfType<Callers>().Contains(Callers.Anybody))
            .Select(endpoint => (
                endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single(),
                endpoint.RoutePattern.RawText!.TrimStart('/')[(HttpRoutes.Prefix.Length + 1)..])),
    ];

    /// <summary>What was put into storage of what came in: messages and blobs.</summary>
    /// <summary>The other app of the machine may still be at what a test before has left it to do.</summary>
    private async Task<long> StoredWhenQuietAsync()
    {
        var stored = Stored();
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
            if (Stored() == stored)
            {
                return stored;
            }

            stored = Stored();
        }
    }

    private long Stored() => running.Surroundings.Storage!.Count(kind =>
        kind is { Service: StorageService.Queue, Method: "POST", Resource: "messages" } or { Service: StorageService.Blob, Method: "PUT", Resource: "blob" });

    private static string Filled(string path, Random random) => Parameter().Replace(path, _ => Odd(random) is { Length: > 0 } text ? text : "x");

    private static string Query(Random random) =>
        string.Join('&', Enumerable.Range(0, random.Next(8)).Select(_ => $"{Parameters[random.Next(Parameters.Length)]}={Odd(random)}"));

    private static string Odd(Random random) => OddTexts[random.Next(OddTexts.Length)];

    private static byte[] Body(Random random)
    {
        var bytes = new byte[random.Next(2_000)];
        random.NextBytes(bytes);
        return random.Next(8) switch
        {
            0 => bytes,
            1 => [],
            2 => Encoding.UTF8.GetBytes(new string('[', 5_000)),
            3 => Encoding.UTF8.GetBytes("{\"token\":" + new string('[', 100)),
            4 => [.. "{\"token\":\""u8, .. bytes, .. "\"}"u8],
            5 => [.. "token="u8, .. bytes],
            6 => Encoding.UTF8.GetBytes($"token={Token(random)}&data[x]=1"),
            _ => Encoding.UTF8.GetBytes($$"""{"token":"{{Token(random)}}","return_url":"\ud800"}"""),
        };
    }

    /// <summary>One that nobody has signed; now and then one that has even the form of a signature, which costs a second each.</summary>
    private static string Token(Random random)
    {
        var signature = new byte[random.Next(3) == 0 ? 64 : 63];
        random.NextBytes(signature);
        return string.Join(
            '.',
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(OddHeaders[random.Next(OddHeaders.Length)])),
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(OddClaims[random.Next(OddClaims.Length)])),
            Base64Url.EncodeToString(signature));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    /// <summary>Errors of the routes. What other tests left in the queues is processed meanwhile, too.</summary>
    private sealed class Errors(ConcurrentQueue<string> errors) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Of(categoryName, errors);

        public void Dispose()
        {
        }

        private sealed class Of(string category, ConcurrentQueue<string> errors) : ILogger
        {
            private readonly bool _isRoute = category.StartsWith("KommoFunctions.Intake", StringComparison.Ordinal)
                || category.StartsWith("KommoFunctions.Connecting", StringComparison.Ordinal)
                || category.StartsWith("Microsoft", StringComparison.Ordinal);

            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => _isRoute && logLevel >= LogLevel.Error;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                {
                    errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
                }
            }
        }
    }
}
