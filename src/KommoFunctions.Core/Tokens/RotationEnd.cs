using KommoFunctions.Accounts;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Tokens;

/// <summary>
/// What comes after a new pair is stored and recorded: the account's row, the copy, the old version. None of it can lose anything, and whatever
/// fails or is cut off by a crash is done by the timer or the next refresh.
/// </summary>
internal sealed partial class RotationEnd(
    TokenVault vault,
    TokenCopies copies,
    AccountStore accounts,
    AccountStates states,
    RefreshSchedule schedule,
    TokenHealth health,
    IRotationSteps steps,
    ILogger<RotationEnd> logger)
{
    /// <summary>The count of versions misses what lost answers and crashes have added; after so many it is taken anew.</summary>
    private const int SweepEvery = 32;

    public async Task FinishAsync(RowLease<RotationState> held, long accountId, StoredTokens newest)
    {
        await TryAsync(accountId, "the account's row", () => UpdateAccountAsync(accountId, newest.Tokens, CancellationToken.None));
        await steps.OverAsync(accountId, RotationStep.AccountUpdated);
        if (newest.Version is null)
        {
            return;
        }

        await TryAsync(accountId, "the encrypted copy", () => copies.DeleteAsync(accountId, newest.Tokens.Order, CancellationToken.None));
        await steps.OverAsync(accountId, RotationStep.CopyDeleted);
        await DisableOldAsync(held, accountId, CancellationToken.None);
        if (held.State.Versions % SweepEvery == 0)
        {
            await TryAsync(accountId, "the count of versions", () => CountAsync(held, accountId, newest.Tokens.Order));
        }

        await steps.OverAsync(accountId, RotationStep.OldDisabled);
    }

    /// <summary>Writes what a refresh changes of the account, and with that takes it out of what is due.</summary>
    public async Task UpdateAccountAsync(long accountId, AccountTokens tokens, CancellationToken cancellationToken)
    {
        await accounts.SetTokenAsync(accountId, tokens, schedule.DueAt(accountId, tokens), cancellationToken);
        await states.RefreshedAsync(accountId, cancellationToken);
        health.Refreshed(accountId, tokens.ExpiresAt);
    }

    /// <summary>Disables the version that the recorded one has replaced; never the recorded one itself.</summary>
    public Task DisableOldAsync(RowLease<RotationState> held, long accountId, CancellationToken cancellationToken)
    {
        var state = held.State;
        return state.OldVersion is not { } old || old == state.NewestVersion || state.NewestVersion is null
            ? Task.CompletedTask
            : TryAsync(accountId, "the old version of its secret", async () =>
            {
                await vault.DisableAsync(accountId, old, cancellationToken);
                await held.TrySaveAsync(held.State with { OldVersion = null }, cancellationToken);
            });
    }

    private async Task CountAsync(RowLease<RotationState> held, long accountId, TokenOrder newest)
    {
        var count = await vault.SweepAsync(accountId, newest, CancellationToken.None);
        health.Counted(accountId, count);
        await held.TrySaveAsync(held.State with { Versions = count }, CancellationToken.None);
    }

    private async Task TryAsync(long accountId, string what, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            Log.Left(logger, accountId, what, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "After a refresh of account {AccountId}, {What} could not be put right and is left to the next")]
        public static partial void Left(ILogger logger, long accountId, string what, Exception exception);
    }
}
