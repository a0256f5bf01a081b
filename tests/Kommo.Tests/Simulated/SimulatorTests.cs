using System.Net;
using System.Threading.RateLimiting;
using Kommo.Http;
using Kommo.Simulator;
using Kommo.Tests.Conventions;

namespace Kommo.Tests.Simulated;

/// <summary>
/// The client against the simulator, which was written from Kommo's documentation apart from it: a mistake of one is not made up for by the other.
/// </summary>
public sealed class SimulatorTests
{
    /// <summary>Known from third parties only, path and all; Kommo's own pages name what they do without an address.</summary>
    private static readonly string[] Unpublished = ["GET /api/v4/talks/{id}/messages", "POST /api/v4/talks/{id}/send_message"];

    [Fact]
    public async Task Every_route_of_the_catalogue_is_simulated()
    {
        await using var kommo = await StartAsync();

        Assert.Equal(Unpublished, Catalogue.Routes.Where(route => !kommo.Routes.Any(simulated => Serves(simulated, route))));
    }

    [Fact]
    public async Task Every_answer_of_the_simulator_is_understood_by_the_client()
    {
        await using var kommo = await StartAsync();
        kommo.CreateLeads(3);
        kommo.CreateContacts(2);
        kommo.CreateCompanies(2);
        var misunderstood = new List<string>();
        foreach (var (client, method) in ClientMethods.Of(Client(kommo)))
        {
            try
            {
                await ClientMethods.RunAsync(client, method);
            }
            catch (Exception e) when (e is KommoException and not (KommoUnexpectedResponseException or KommoMethodNotAllowedException or KommoServerException) or ArgumentException)
            {
                // The arguments are made up: that Kommo refuses them is an answer too.
            }
            catch (Exception e)
            {
                misunderstood.Add($"{client.GetType().Name}.{method.Name}: {e.GetType().Name}: {e.Message}");
            }
        }

        Assert.Equal([], misunderstood);
    }

    internal static Task<KommoSimulator> StartAsync(Action<KommoSimulatorOptions>? configure = null)
    {
        var options = new KommoSimulatorOptions { RequestsPerSecond = 100_000 };
        configure?.Invoke(options);
        return KommoSimulator.StartAsync(options);
    }

    internal static KommoClient Client(KommoSimulator kommo) => new(KommoPipeline.CreateClient(
        kommo.BaseAddress,
        new KommoPipelineOptions
        {
            Limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 8, QueueLimit = 1000 }),
            Tokens = new OneToken(kommo.IssueTokens().AccessToken),
        },
        KommoPipeline.CreateTransport()));

    private static bool Serves(SimulatedRoute simulated, string route)
    {
        if (route.Split(' ') is not [var method, var path] || method != simulated.Method)
        {
            return false;
        }

        var (wanted, served) = (path.TrimEnd('/').Split('/'), simulated.Template.TrimEnd('/').Split('/'));
        return wanted.Length == served.Length
            && wanted.Zip(served).All(pair => pair.Second.StartsWith('{') || pair.First == pair.Second || (pair.First == "{bot}" && pair.Second == "salesbot"));
    }

    private sealed class OneToken(string token) : IAccessTokenSource
    {
        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(token);

        public ValueTask<bool> RejectedAsync(string rejected, CancellationToken cancellationToken) => new(false);
    }
}
