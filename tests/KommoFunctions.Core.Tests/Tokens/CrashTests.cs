using Kommo.OAuth;
using Kommo.Simulator;
using KommoFunctions.Accounts;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Storage;
using KommoFunctions.Tests;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Tokens;

/// <summary>
/// A process that stops for ever at a step of the rotation, and one that stops there, loses its lock and goes on. The same with processes that are
/// killed: KommoFunctions.EndToEnd.Tests.
/// </summary>
public sealed class CrashTests(AzuriteFixture azurite)
{
    /// <summary>Longer than a lock is held.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(10);

    public static TheoryData<RefreshTokenPolicy, int> Steps
    {
        get
        {
            var data = new TheoryData<RefreshTokenPolicy, int>();
            foreach (var policy in Enum.GetValues<RefreshTokenPolicy>())
            {
                foreach (var step in Enum.GetValues<RotationStep>())
                {
                    data.Add(policy, (int)step);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task An_account_stays_connected_when_a_process_ends_at_a_step(RefreshTokenPolicy policy, int at)
    {
        var step = (RotationStep)at;
        await using var host = await CoreHost.StartAsync(azurite, o => o.Kommo = k => k.RefreshTokenPolicy = policy);
        await host.ConnectAsync(life: TimeSpan.Zero);
        var halt = new Halt(step);
        _ = host.StartProcess(services: halt.AsService).Get<TokenRefresher>().RefreshDueAsync();
        await halt.Reached;
        if (step is RotationStep.CopyStored or RotationStep.VaultStored)
        {
            // The other of the two is written beside it.
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        var next = host.StartProcess(new ShiftedTime(Later));
        if (policy == RefreshTokenPolicy.OldDiesAtOnce && step == RotationStep.AnswerReceived)
        {
            // The window that no client can close: the pair exists in a process that is gone.
            await Assert.ThrowsAsync<KommoGrantRejectedException>(() => TokenScenario.CallAsync(next, host));
            return;
        }

        await TokenScenario.CallAsync(next, host);
        await TokenScenario.AssertConnectedAsync(host, next);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Who_comes_back_after_its_lock_passed_to_another_breaks_nothing(RefreshTokenPolicy policy, int at)
    {
        var step = (RotationStep)at;
        await using var host = await CoreHost.StartAsync(azurite, o => o.Kommo = k => k.RefreshTokenPolicy = policy);
        await host.ConnectAsync(life: TimeSpan.Zero);
        var halt = new Halt(step);
        var late = host.StartProcess(services: halt.AsService);
        var refresh = late.Get<TokenRefresher>().RefreshDueAsync();
        await halt.Reached;
        var next = host.StartProcess(new ShiftedTime(Later));
        await Record.ExceptionAsync(() => TokenScenario.CallAsync(next, host));

        halt.Release();
        await refresh;

        var third = host.StartProcess(new ShiftedTime(Later * 2));
        await third.Get<TokenRefresher>().RefreshDueAsync();
        await TokenScenario.CallAsync(third, host);
        await TokenScenario.AssertConnectedAsync(host, third);
        Assert.Empty(await host.ReadTableAsync(TableNames.TokenCopies));
    }
}
