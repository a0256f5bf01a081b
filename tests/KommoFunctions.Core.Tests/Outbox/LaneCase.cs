using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Outbox;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>A kind of command, so that what must hold of all is tested of each.</summary>
/// <param name="Route">The route that it is sent by, as the simulator's statistics and faults name it; <c>*</c> at its end stands for anything.</param>
/// <param name="Make">A command whose effect is named by the text; on entities that <c>PrepareAsync</c> made.</param>
/// <param name="MakeWrong">One that Kommo refuses.</param>
/// <param name="ReadAsync">The texts of the effects, in the order in which they came about.</param>
internal sealed record LaneCase(
    string Route,
    Func<LaneCase, string, KommoCommand> Make,
    Func<LaneCase, KommoCommand> MakeWrong,
    Func<LaneCase, KommoClient, Task<IReadOnlyList<string?>>> ReadAsync)
{
    public const long Nobody = 999_999_999;

    /// <summary>Makes what the commands need.</summary>
    public Func<LaneCase, KommoClient, Task> PrepareAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Entities that were made for the commands.</summary>
    public List<long> Ids { get; } = [];

    public static async Task<(LaneCase Case, KommoClient Kommo)> StartAsync(Dictionary<string, Func<LaneCase>> cases, string name, CoreHost host)
    {
        var one = cases[name]();
        var kommo = (await host.Process.Get<AccountSessions>().GetAsync(host.AccountId, CancellationToken.None)).Kommo;
        await one.PrepareAsync(one, kommo);
        host.Kommo.ResetStatistics();
        return (one, kommo);
    }

    public long Requests(CoreHost host)
    {
        var prefix = Route.TrimEnd('*');
        return host.Kommo.GetStatistics().RequestsByRoute
            .Where(route => Route.EndsWith('*') ? route.Key.StartsWith(prefix, StringComparison.Ordinal) : route.Key == Route)
            .Sum(route => route.Value);
    }

    public static async Task<IReadOnlyList<string?>> NamesAsync<T>(IAsyncEnumerable<T> all, Func<T, long> id, Func<T, string?> name) =>
        [.. (await all.ToListAsync()).OrderBy(id).Select(name)];
}
