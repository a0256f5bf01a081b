using System.Collections.Concurrent;
using System.Globalization;
using Kommo.OAuth;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Tokens.Load;

/// <summary>What became of the accounts whose process was killed at one moment.</summary>
/// <param name="Policy">What Kommo does with an old refresh token.</param>
/// <param name="Moment">When the process was killed.</param>
/// <param name="Kills">How many were killed then.</param>
/// <param name="Lost">How many accounts have to be connected again.</param>
internal sealed record KillResult(RefreshTokenPolicy Policy, string Moment, int Kills, int Lost)
{
    /// <summary>Whether this is the window that no client can close: Kommo has taken the old token back and the new one is nowhere yet.</summary>
    public bool IsWindow => Policy == RefreshTokenPolicy.OldDiesAtOnce && (Moment == KillRun.AnswerOnItsWay || Moment == $"{RotationStep.AnswerReceived}");
}

/// <summary>
/// Kills processes at each step of a rotation, and lets another instance find what they left. A second later the lock of the dead is not over yet:
/// the other instance's clock is ahead.
/// </summary>
internal sealed class KillRun(Surroundings surroundings, ServiceProvider next, RefreshTokenPolicy policy, TextWriter progress)
{
    /// <summary>After Kommo has acted and before its answer is sent.</summary>
    public const string AnswerOnItsWay = "AnswerOnItsWay";

    private const int AtATime = 2;

    private static readonly TimeSpan LockIsOver = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, WorkerProcess> _toKill = new();

    /// <summary>The moments, in the order in which they come.</summary>
    public static IReadOnlyList<string> Moments { get; } =
        [.. Enum.GetValues<RotationStep>().SelectMany(step => step == RotationStep.AnswerReceived ? [AnswerOnItsWay, $"{step}"] : new[] { $"{step}" })];

    public static async Task<IReadOnlyList<KillResult>> RunAsync(
        RefreshTokenPolicy policy, int times, TextWriter progress, CancellationToken cancellationToken)
    {
        await using var surroundings = await Surroundings.StartAsync(policy, TimeProvider.System, cancellationToken);
        await using var next = surroundings.CreateProvider(new ShiftedTime(LockIsOver), new NoRotationSteps());
        return await new KillRun(surroundings, next, policy, progress).RunCoreAsync(times, cancellationToken);
    }

    private async Task<IReadOnlyList<KillResult>> RunCoreAsync(int times, CancellationToken cancellationToken)
    {
        surroundings.Kommo.Options.TokensIssued = pair =>
        {
            if (pair.ExchangedFor is { } old && _toKill.TryRemove(old, out var worker))
            {
                worker.Kill();
            }

            return Task.CompletedTask;
        };
        var results = new List<KillResult>();
        foreach (var moment in Moments)
        {
            var lost = 0;
            await Parallel.ForAsync(0, times, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (_, token) =>
            {
                if (!await SurvivesAsync(moment, token))
                {
                    Interlocked.Increment(ref lost);
                }
            });
            results.Add(new KillResult(policy, moment, times, lost));
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{policy,-24} {moment,-16} {times,5} kills {lost,5} lost{(results[^1].IsWindow ? "  (the window)" : "")}"));
        }

        return results;
    }

    private async Task<bool> SurvivesAsync(string moment, CancellationToken cancellationToken)
    {
        var (id, pair) = await surroundings.ConnectAsync(TimeSpan.Zero, cancellationToken);
        await using (var worker = WorkerProcess.Start(surroundings, id, moment == AnswerOnItsWay ? null : Enum.Parse<RotationStep>(moment)))
        {
            if (moment == AnswerOnItsWay)
            {
                _toKill[pair.RefreshToken] = worker;
            }

            await worker.WaitUntilReadyAsync(cancellationToken);
            await worker.GoAsync();
            if (await worker.WaitForEndAsync(cancellationToken))
            {
                throw new InvalidOperationException($"The worker made its call and was not killed at {moment}.");
            }
        }

        return await IsConnectedAsync(id, cancellationToken);
    }

    /// <summary>A call goes through, another refresh too, and the account is not marked.</summary>
    private async Task<bool> IsConnectedAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            var session = await next.GetRequiredService<AccountSessions>().GetAsync(id, cancellationToken);
            await session.Kommo.Account.GetAsync(cancellationToken: cancellationToken);
            var used = await session.Tokens.GetAsync(cancellationToken);
            await next.GetRequiredService<TokenRefresher>().RefreshAsync(id, surroundings.Kommo.BaseAddress, tokens => tokens.AccessToken == used, cancellationToken);
            return (await next.GetRequiredService<AccountStore>().GetAsync(id, cancellationToken))!.State == AccountState.Active;
        }
        catch (Exception e) when (e is KommoGrantRejectedException or NotNowException)
        {
            return false;
        }
    }
}
