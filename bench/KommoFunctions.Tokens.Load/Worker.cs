using System.Diagnostics;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Tokens.Load;

/// <summary>An instance of the app as a process of its own: calls Kommo for one account when it is told to, and may kill itself at a step.</summary>
internal static class Worker
{
    public const string Ready = "ready";
    public const string Called = "called";

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(long accountId, string? dieAt, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IRotationSteps>(dieAt is null ? new NoRotationSteps() : new Death(Enum.Parse<RotationStep>(dieAt)));
        services.AddKommoFunctions(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        await using var provider = services.BuildServiceProvider();
        var session = await provider.GetRequiredService<AccountSessions>().GetAsync(accountId, cancellationToken);
        Console.WriteLine(Ready);
        if (await Console.In.ReadLineAsync(cancellationToken) is null)
        {
            // Whoever started this is gone.
            return 1;
        }

        for (var start = Time.GetTimestamp(); ;)
        {
            try
            {
                await session.Kommo.Account.GetAsync(cancellationToken: cancellationToken);
                Console.WriteLine(Called);
                return 0;
            }
            catch (Exception e) when (FailureClassifier.Classify(e).Kind is FailureKind.Waiting or FailureKind.Transient && Time.GetElapsedTime(start) < Patience)
            {
                // As a message that goes back into its queue.
                await Task.Delay(Again, Time, cancellationToken);
            }
        }
    }

    private sealed class Death(RotationStep at) : IRotationSteps
    {
        public ValueTask OverAsync(long accountId, RotationStep step)
        {
            if (step == at)
            {
                using var self = Process.GetCurrentProcess();
                self.Kill();
            }

            // Nothing goes on between the signal and the end.
            return step == at ? new ValueTask(new TaskCompletionSource().Task) : ValueTask.CompletedTask;
        }
    }
}
