using System.Globalization;
using Kommo.Simulator;

namespace Kommo.Client.Benchmarks;

/// <summary>Many changes at the seven requests a second that Kommo permits, counted at its side.</summary>
internal static class UpdateRun
{
    private const int EveryTenthBatch = 500;

    public static async Task<int> RunAsync(int updates)
    {
        await using var kommo = await KommoSimulator.StartAsync(new KommoSimulatorOptions { WritesAreAllOrNothing = false });
        var leads = kommo.CreateLeads(updates);
        var client = KommoClient.Create(kommo.BaseAddress, kommo.IssueTokens().AccessToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{updates:N0} changes, 50 a request, one item that Kommo refuses in every tenth request..."));
        kommo.ResetStatistics();
        var start = TimeProvider.System.GetTimestamp();
        var writing = client.Leads.UpdateAsync(leads.Select((id, i) => new LeadUpdate { Id = i % EveryTenthBatch == 7 ? 900_000_000 + i : id, Price = i + 1 }));
        while (await Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System)) != writing)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kommo.GetStatistics().Requests} requests"));
        }

        var results = await writing;
        var time = TimeProvider.System.GetElapsedTime(start);
        var statistics = kommo.GetStatistics();
        var bad = (updates - 7 + EveryTenthBatch - 1) / EveryTenthBatch;
        var changed = kommo.Leads.Count(lead => lead.Price > 0);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{statistics.Requests} requests in {time.TotalSeconds:N1} s: {updates / time.TotalSeconds:N0} changes a second. Busiest second: {statistics.BusiestWindow} requests; refused as too many: {statistics.Refused}. Changed: {changed:N0}; reported as failed: {results.Failures.Count()} of {bad}."));
        var isRight = statistics is { Refused: 0, BusiestWindow: <= 7 } && statistics.Requests == (updates + 49) / 50
            && changed == updates - bad && results.Failures.Count() == bad;
        Console.WriteLine(isRight ? "Right." : "Wrong.");
        return isRight ? 0 : 1;
    }
}
