using System.Globalization;
using Kommo.Simulator;

namespace KommoFunctions.Work;

/// <summary>Waits for what the app makes in Kommo.</summary>
internal static class Awaiting
{
    /// <summary>The time without any progress after which the rest counts as lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan ShortTick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>Until the account has so many tasks and so many notes.</summary>
    /// <exception cref="TimeoutException">Nothing moved for two minutes.</exception>
    public static async Task EffectsAsync(KommoSimulator account, int leads, TextWriter output, CancellationToken cancellationToken)
    {
        var (moved, reported, last) = (Time.GetTimestamp(), Time.GetTimestamp(), -1);
        while (true)
        {
            var now = account.GetStatistics();
            if (now.Tasks >= leads && now.Notes >= leads)
            {
                return;
            }

            if (now.Tasks + now.Notes != last)
            {
                (last, moved) = (now.Tasks + now.Notes, Time.GetTimestamp());
            }
            else if (Time.GetElapsedTime(moved) > Patience)
            {
                throw new TimeoutException($"{now.Tasks} tasks and {now.Notes} notes of {leads} leads are in Kommo, and nothing moves any more.");
            }

            if (Time.GetElapsedTime(reported) > ReportEvery)
            {
                reported = Time.GetTimestamp();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {now.Tasks:N0} tasks and {now.Notes:N0} notes of {leads:N0} leads"));
            }

            await Task.Delay(Tick, Time, cancellationToken);
        }
    }

    /// <summary>Makes one lead, whose hook the account sends at once, and waits until it has its task and its note.</summary>
    /// <returns>The time from the one to the other.</returns>
    /// <exception cref="TimeoutException">They did not come within two minutes.</exception>
    public static async Task<TimeSpan> OneLeadAsync(KommoSimulator account, CancellationToken cancellationToken)
    {
        var start = Time.GetTimestamp();
        var lead = account.CreateLeads(1)[0];
        while (account.TasksOf(EntityKind.Lead, lead).Count == 0 || account.NotesOf(EntityKind.Lead, lead).Count == 0)
        {
            if (Time.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"Lead {lead} has no task or no note after {Patience}.");
            }

            await Task.Delay(ShortTick, Time, cancellationToken);
        }

        return Time.GetElapsedTime(start);
    }
}
