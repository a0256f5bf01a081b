using System.Globalization;
using Kommo.Simulator;
using KommoFunctions.DeadLetters;
using KommoFunctions.Emulators;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Chaos;

/// <summary>
/// One run: leads come in while processes die and everything around them fails; then all is well again, and what is left to do gets the time to
/// be done; then it is counted what became of each hook that was acknowledged.
/// </summary>
internal sealed class ChaosRun(ChaosOptions options, TextWriter output)
{
    /// <summary>The time without any progress after which nothing more is waited for: longer than all holds and delays together.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time = TimeProvider.System;

    public async Task<ChaosResult> RunAsync(CancellationToken cancellationToken)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Seed {options.Seed}: {options.Leads} leads in {options.Accounts} accounts, {options.Processes} processes, {options.Kills} kills"));
        await using var log = new RunLog(options.LogFile);
        var ports = FreePorts(options.Processes + 1);
        await using var surroundings = await ChaosSurroundings.StartAsync(options.Accounts, ports[0], cancellationToken);
        Uri[] addresses = [.. ports.Skip(1).Select(port => new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")))];
        await using var front = await Front.StartAsync(ports[0], addresses, cancellationToken);
        await using var crowd = new Crowd(addresses, surroundings.Settings, log.Write);
        await crowd.StartAsync(cancellationToken);
        foreach (var account in surroundings.Accounts)
        {
            account.ResetStatistics();
        }

        var start = _time.GetTimestamp();
        var trouble = new Troublemaker(surroundings, options.Seed);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var troubling = trouble.RunAsync(stop.Token);
        await Task.WhenAll(LeadsComeInAsync(surroundings, cancellationToken), KillAsync(crowd, surroundings, front, cancellationToken));
        await stop.CancelAsync();
        await troubling;

        output.WriteLine("All is well again; what is left is being done");
        await SettleAsync(surroundings, front, cancellationToken);
        var dead = await ReplayAsync(surroundings, cancellationToken);
        if (dead.Count > 0)
        {
            await SettleAsync(surroundings, front, cancellationToken);
        }

        return await CountAsync(surroundings, front, trouble, dead, _time.GetElapsedTime(start), cancellationToken);
    }

    /// <summary>Spread over the time of the kills, in bursts of one to ten.</summary>
    private async Task LeadsComeInAsync(ChaosSurroundings surroundings, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed + 4);
        var time = options.KillEvery * Math.Max(options.Kills, 4);
        for (var made = 0; made < options.Leads;)
        {
            var burst = Math.Min(random.Next(1, 11), options.Leads - made);
            surroundings.Accounts[random.Next(surroundings.Accounts.Count)].CreateLeads(burst);
            made += burst;
            await Task.Delay(time * burst / options.Leads, _time, cancellationToken);
        }
    }

    private async Task KillAsync(Crowd crowd, ChaosSurroundings surroundings, Front front, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            await Task.Delay(options.KillEvery * (0.5 + random.NextDouble()), _time, cancellationToken);
            await crowd.KillAsync(random.Next(options.Processes), cancellationToken);
            if (kill % 10 == 0 || kill == options.Kills)
            {
                var effects = surroundings.Accounts.Sum(account => account.Tasks.Count + account.Notes.Count);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{kill} killed; {front.Acknowledged.Count} leads acknowledged, {effects} tasks and notes in Kommo"));
            }
        }
    }

    private async Task SettleAsync(ChaosSurroundings surroundings, Front front, CancellationToken cancellationToken)
    {
        var last = (Progress: -1L, At: _time.GetTimestamp());
        while (true)
        {
            await Task.Delay(Tick, _time, cancellationToken);
            var left = await surroundings.CountLeftAsync(cancellationToken);
            var pending = surroundings.Accounts.Sum(account => account.PendingHooks.Count);
            if (left + pending == 0)
            {
                return;
            }

            var progress = front.Attempts + surroundings.Accounts.Sum(account => account.Tasks.Count + account.Notes.Count) - left;
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
    private static async Task<IReadOnlyDictionary<string, int>> ReplayAsync(ChaosSurroundings surroundings, CancellationToken cancellationToken)
    {
        var replay = surroundings.Services.GetRequiredService<DeadLetterReplay>();
        var found = await surroundings.Services.GetRequiredService<DeadLetterStore>().ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        foreach (var item in found)
        {
            await replay.ReplayAsync(item.AccountId, item.Id, cancellationToken);
        }

        return found.CountBy(item => item.Reason).ToDictionary();
    }

    private async Task<ChaosResult> CountAsync(
        ChaosSurroundings surroundings,
        Front front,
        Troublemaker trouble,
        IReadOnlyDictionary<string, int> dead,
        TimeSpan elapsed,
        CancellationToken cancellationToken)
    {
        var acknowledged = front.Acknowledged;
        var (missing, doubled, busiest, refused) = (0, 0, 0, 0L);
        foreach (var account in surroundings.Accounts)
        {
            var tasks = account.Tasks.CountBy(task => task.EntityId ?? 0).ToDictionary();
            var notes = account.Notes.CountBy(note => note.EntityId).ToDictionary();
            missing += acknowledged.Count(a => a.Account == account.Options.AccountId && (!tasks.ContainsKey(a.Lead) || !notes.ContainsKey(a.Lead)));
            doubled += account.Leads.Count(lead => tasks.GetValueOrDefault(lead.Id) > 1 || notes.GetValueOrDefault(lead.Id) > 1);
            var statistics = account.GetStatistics();
            busiest = Math.Max(busiest, statistics.BusiestWindow);
            refused += statistics.Refused;
        }

        return new ChaosResult
        {
            Seed = options.Seed,
            Elapsed = elapsed,
            Leads = options.Leads,
            Acknowledged = acknowledged.Count,
            HookAttempts = front.Attempts,
            Kills = options.Kills,
            Troubles = trouble.Caused,
            Missing = missing,
            Doubled = doubled,
            Left = await surroundings.CountLeftAsync(cancellationToken),
            DeadLetters = dead,
            DeadForGood = await surroundings.Services.GetRequiredService<DeadLetterStore>().ListAsync(cancellationToken: cancellationToken).CountAsync(cancellationToken),
            BusiestWindow = busiest,
            Refused = refused,
        };
    }

    /// <summary>Outside the range that systems give out by themselves, since they are kept over kills.</summary>
    private static int[] FreePorts(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            var port = Random.Shared.Next(12_000, 30_000);
            if (Ports.IsFree(port))
            {
                ports.Add(port);
            }
        }

        return [.. ports];
    }
}
