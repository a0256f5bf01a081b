using System.Globalization;
using KommoFunctions.Emulators.Storage;

namespace KommoFunctions.Start;

/// <summary>Asks workers to end while a hook is on its way to storage, and looks whether it is answered.</summary>
internal static class DrainRun
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>What each request to storage takes: long enough to end in the middle of it, short enough for intake's deadline.</summary>
    private static readonly StorageLatency Slow = new(TimeSpan.FromMilliseconds(600), TimeSpan.Zero);

    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(150);

    public static async Task<int> RunAsync(string folder, int times, CancellationToken cancellationToken)
    {
        await using var surroundings = await Surroundings.StartAsync(cancellationToken);
        await using var host = await FunctionsHost.StartAsync(cancellationToken);
        var asked = await RunAsync("the host's request to end", worker => worker.AskToEndAsync(cancellationToken));
        var signalled = await RunAsync("SIGTERM", worker =>
        {
            worker.Terminate();
            return Task.CompletedTask;
        });
        return asked && signalled ? 0 : 1;

        async Task<bool> RunAsync(string way, Func<StartedWorker, Task> end)
        {
            var answered = 0;
            var longest = TimeSpan.Zero;
            for (var time = 0; time < times; time++)
            {
                surroundings.Storage.RequestLatency = StorageLatency.None;
                await using var worker = await StartedWorker.StartAsync(host, folder, surroundings.SettingsBehindProxy, cancellationToken);
                await worker.PostAsync(new HookRequest(surroundings.Hook, 1), cancellationToken);
                surroundings.Storage.RequestLatency = Slow;
                var running = worker.PostAsync(new HookRequest(surroundings.Hook, 2), cancellationToken);
                await Task.Delay(OnItsWay, Time, cancellationToken);
                var start = Time.GetTimestamp();
                await end(worker);
                answered += await IsAnsweredAsync(running) ? 1 : 0;
                await worker.ExitedAsync(cancellationToken);
                longest = Time.GetElapsedTime(start) is var took && took > longest ? took : longest;
            }

            var verdict = answered == times ? "Right" : "Wrong";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{verdict}: after {way}, {answered} of {times} running hooks were answered 200; the process ended within {longest.TotalMilliseconds:N0} ms."));
            return answered == times;
        }
    }

    private static async Task<bool> IsAnsweredAsync(Task<string> running)
    {
        try
        {
            return await running == "200";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
