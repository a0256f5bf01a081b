using Kommo;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Outbox;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>Commands for the outbox's tests, and the states that it may be found in.</summary>
internal static class OutboxScenario
{
    public const string TaskRoute = "POST /api/v4/tasks";

    public static DateTimeOffset Due { get; } = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000);

    public static CreateTask TaskOn(long lead, string text) =>
        new(new NewTask { Text = text, CompleteTill = Due, EntityType = EntityType.Leads, EntityId = lead });

    public static IEnumerable<string> Texts(int count) => Enumerable.Range(0, count).Select(i => $"Task {i:D3}");

    public static async Task SendTasksAsync(CoreHost host, int count, int from = 0)
    {
        var lead = host.Kommo.CreateLeads(1)[0];
        await host.Process.SendAsync([.. Texts(from + count).Skip(from).Select(text => TaskOn(lead, text))]);
    }

    public static long Requests(CoreHost host, string route) => host.Kommo.GetStatistics().RequestsByRoute.GetValueOrDefault(route);

    public static async Task<IReadOnlyList<string>> CommandsAsync(CoreHost host) =>
        [.. (await host.ReadTableAsync(TableNames.Outbox)).Select(row => row.RowKey).Where(key => char.IsAsciiDigit(key[0]))];

    /// <summary>As a process leaves a lane that died between marking its commands and hearing Kommo's answer.</summary>
    public static Task MarkAsSentAsync(CoreHost host) => MarkAsSentAsync(host, TaskLane.LaneName, TimeProvider.System.GetUtcNow().AddSeconds(-30));

    public static async Task MarkAsSentAsync(CoreHost host, string lane, DateTimeOffset since) => Assert.NotNull(await host.Process.Get<OutboxStore>().TryWriteStateAsync(
        new LaneKey(host.AccountId, lane),
        new LaneState
        {
            HeldUntil = TimeProvider.System.GetUtcNow().AddSeconds(-1),
            InFlight = await CommandsAsync(host),
            InFlightSince = since,
        },
        CancellationToken.None));
}
