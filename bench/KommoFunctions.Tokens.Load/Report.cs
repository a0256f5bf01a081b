using System.Globalization;
using Kommo.Simulator;

namespace KommoFunctions.Tokens.Load;

/// <summary>Runs the commands and says what came of them; 0 when all that must hold does, 1 when not.</summary>
internal static class Report
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static async Task<int> KillAsync(int times, TextWriter output, CancellationToken cancellationToken)
    {
        var results = new List<KillResult>();
        foreach (var policy in Enum.GetValues<RefreshTokenPolicy>())
        {
            results.AddRange(await KillRun.RunAsync(policy, times, output, cancellationToken));
        }

        var lost = results.Where(result => !result.IsWindow).Sum(result => result.Lost);
        output.WriteLine(string.Create(
            Culture, $"{results.Sum(r => r.Kills):N0} kills. Lost outside of the window: {lost}. Lost in it: {results.Where(r => r.IsWindow).Sum(r => r.Lost)} of {results.Where(r => r.IsWindow).Sum(r => r.Kills)}"));
        return lost == 0 ? 0 : 1;
    }

    public static async Task<int> WindowAsync(int rotations, TextWriter output, CancellationToken cancellationToken)
    {
        output.WriteLine("From Kommo's exchange until the pair is durable, in ms; the answer's way from Kommo, some tens of ms on the Internet, comes on top");
        foreach (var (where, storage, vault) in new[] { ("as it is", 0, 0), ("storage 10 ms away, the vault 50 ms", 10, 50) })
        {
            var result = await WindowRun.RunAsync(rotations, TimeSpan.FromMilliseconds(storage), TimeSpan.FromMilliseconds(vault), cancellationToken);
            foreach (var (what, values) in new[] { ("the encrypted copy", result.ToCopy), ("the vault", result.ToVault), ("either: the window", result.ToEither) })
            {
                output.WriteLine(string.Create(
                    Culture, $"{where,-36} {what,-20} median {WindowResult.Quantile(values, 0.5),7:0.0}   95 % {WindowResult.Quantile(values, 0.95),7:0.0}   most {values[^1],7:0.0}"));
            }
        }

        return 0;
    }

    public static async Task<int> InstantAsync(int processes, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        var calm = await InstantRun.RunAsync(processes, rounds, trouble: false, output, cancellationToken);
        var trouble = await InstantRun.RunAsync(processes, rounds, trouble: true, output, cancellationToken);
        var right = calm.Concat(trouble).All(requests => requests == 1);
        output.WriteLine($"One token request in each round: {(right ? "yes" : "no")}");
        return right ? 0 : 1;
    }

    public static async Task<int> DayAsync(int accounts, TextWriter output, CancellationToken cancellationToken)
    {
        var day = await DayRun.RunAsync(accounts, output, cancellationToken);
        output.WriteLine(string.Create(Culture, $"""
            {day.Accounts:N0} accounts, {day.Ticks} ticks: {day.TokenRequests:N0} refreshes, {day.VaultRequests:N0} requests to the vault, {(double)day.VaultRequests / day.TokenRequests:0.00} a refresh
            In ten seconds at most {day.MostVaultRequests:N0} requests to the vault, of a limit of 4,000, and {day.MostVaultSets:N0} new secrets, of 300
            A tick with nothing due: {day.MostIdleTableRequests} requests to table storage at most, {day.IdleVaultRequests} to the vault
            Accounts whose token was over at the end: {day.Expired}
            """));
        return day is { MostVaultRequests: < 4_000, MostVaultSets: < 300, IdleVaultRequests: 0, Expired: 0 } ? 0 : 1;
    }
}
