using System.Globalization;
using KommoFunctions.Bench;
using KommoFunctions.Chaos.Trouble;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators;
using KommoFunctions.Holds;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Chaos;

/// <summary>
/// One run: leads come in while processes die and everything around them fails; then all is well again, and what is left to do gets the time to
/// be done; then it is counted what became of each hook that was acknowledged.
/// </summary>
internal sealed class ChaosRun(ChaosOptions options, TextWriter output)
{
    /// <summary>
    /// The time without any progress after which nothing more is waited for: longer than all holds and delays together, and than the five minutes after which
    /// a suspension counts as overdue.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    /// <summary>The places are looked at one after the other, so that work which moves meanwhile can be seen in none of them; not so many times in a row.</summary>
    private const int EmptyLooks = 6;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(15);

    /// <summary>How often suspensions are looked for whose message died with its process: the app's timer does it each quarter of an hour.</summary>
    private static readonly TimeSpan RingEvery = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time = TimeProvider.System;
    private int _kills;

    public async Task<ChaosResult> RunAsync(CancellationToken cancellationToken)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Seed {options.Seed}: {options.Leads} leads in {options.Accounts} accounts, {options.Processes} processes, {options.Kills} kills"));
        var plan = new ChaosPlan(options);
        await using var log = new RunLog(options.LogFile);
        Uri[] addresses = [.. Ports.FindToKeep(options.Processes + 1).Select(port => new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")))];
        await using var surroundings = await BenchSurroundings.StartAsync(ChaosSettings.Of(options, addresses[0]), cancellationToken);
        await using var front = await Front.StartAsync(addresses[0].Port, addresses[1..], log.Write, cancellationToken);
        await using var crowd = new Crowd(addresses[1..], surroundings.Settings, log.Write);
        await crowd.StartAsync(cancellationToken);

        var start = _time.GetTimestamp();
        var trouble = new Troublemaker(surroundings, plan, log.Write);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var troubling = trouble.RunAsync(stop.Token);
        var reporting = ReportAsync(surroundings, front, stop.Token);
        await Task.WhenAll(
            LeadsComeInAsync(plan, surroundings, cancellationToken),
            crowd.KillAsync(plan.Kills, () => Interlocked.Increment(ref _kills), cancellationToken));
        await stop.CancelAsync();
        await Task.WhenAll(troubling, reporting);

        output.WriteLine("All is well again; what is left is being done");
        var settling = _time.GetTimestamp();
        await SettleAsync(surroundings, front, cancellationToken);
        var settled = _time.GetElapsedTime(settling);
        var dead = await ReplayAsync(surroundings, cancellationToken);
        if (dead.Count > 0)
        {
            await SettleAsync(surroundings, front, cancellationToken);
        }

        return await ChaosCount.TakeAsync(surroundings, front, cancellationToken) with
        {
            Seed = options.Seed,
            InDoubt = options.InDoubt,
            Leads = options.Leads,
            Kills = _kills,
            Troubles = trouble.Caused,
            DeadLetters = dead,
            Elapsed = _time.GetElapsedTime(start),
            Settling = settled,
        };
    }

    /// <summary>As planned, but on a slow machine no faster than processes die, so that they come in until the end.</summary>
    private async Task LeadsComeInAsync(ChaosPlan plan, BenchSurroundings surroundings, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        foreach (var burst in plan.Bursts)
        {
            if (burst.At - _time.GetElapsedTime(start) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, _time, cancellationToken);
            }

            while (Volatile.Read(ref _kills) + options.Processes < options.Kills * (burst.At / options.Length))
            {
                await Task.Delay(Tick, _time, cancellationToken);
            }

            surroundings.Accounts[burst.Account].CreateLeads(burst.Leads);
        }
    }

    private async Task ReportAsync(BenchSurroundings surroundings, Front front, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await NetworkTrouble.WaitAsync(ReportEvery, stop);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Volatile.Read(ref _kills)} killed; {front.Acknowledged.Count} hooks acknowledged, {CountEffects(surroundings)} tasks and notes in Kommo"));
        }
    }

    private async Task SettleAsync(BenchSurroundings surroundings, Front front, CancellationToken cancellationToken)
    {
        var (holds, bell) = (surroundings.Services.GetRequiredService<HoldStore>(), surroundings.Services.GetRequiredService<HoldBell>());
        var last = (Progress: -1L, At: _time.GetTimestamp());
        var rung = _time.GetTimestamp();
        var looks = 0;
        while (true)
        {
            await Task.Delay(Tick, _time, cancellationToken);
            if (_time.GetElapsedTime(rung) > RingEvery)
            {
                await bell.RingOverdueAsync(cancellationToken);
                rung = _time.GetTimestamp();
            }

            var left = await surroundings.Leftovers.CountAsync(cancellationToken) + await holds.ListAsync(cancellationToken).CountAsync(cancellationToken);
            var pending = surroundings.Accounts.Sum(account => account.PendingHooks.Count);
            looks = left + pending == 0 ? looks + 1 : 0;
            if (looks == EmptyLooks)
            {
                return;
            }

            var progress = front.Attempts + CountEffects(surroundings) - left;
            if (progress != last.Progress)
            {
                last = (progress, _time.GetTimestamp());
            }
            else if (_time.GetElapsedTime(last.At) > Patience)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Nothing moves any more: {left} left, {pending} hooks pending"));
                return;
            }
        }
    }

    /// <summary>What an operator does once all is well: looks at the dead letters, and has them tried again.</summary>
    private static async Task<IReadOnlyDictionary<string, int>> ReplayAsync(BenchSurroundings surroundings, CancellationToken cancellationToken)
    {
        var replay = surroundings.Services.GetRequiredService<DeadLetterReplay>();
        var found = await surroundings.Services.GetRequiredService<DeadLetterStore>().ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        foreach (var item in found)
        {
            await replay.ReplayAsync(item.AccountId, item.Id, cancellationToken);
        }

        return found.CountBy(item => item.Reason).ToDictionary();
    }

    private static long CountEffects(BenchSurroundings surroundings) =>
        surroundings.Accounts.Select(account => account.GetStatistics()).Sum(now => (long)now.Tasks + now.Notes);
}
