using KommoFunctions.Accounts;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>
/// Moves pairs from the second place into the vault: those that a process left there because the vault was down, or because it ended before it
/// could clean up. One request to storage when there is none.
/// </summary>
internal sealed partial class CopyAdoption(
    TokenCopies copies,
    TokenReader reader,
    TokenRotation rotation,
    RowLeases locks,
    AccountStore accounts,
    IOptions<TokenOptions> options,
    ILogger<CopyAdoption> logger)
{
    private static readonly TokenOrder Last = new(long.MaxValue, long.MaxValue);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var newest = new Dictionary<long, TokenOrder>();
        await foreach (var copy in copies.ListAsync(accountId: null, cancellationToken))
        {
            newest[copy.AccountId] = copy.Order;
        }

        foreach (var (accountId, order) in newest)
        {
            try
            {
                await AdoptAsync(accountId, order, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotAdopted(logger, accountId, e);
            }
        }
    }

    /// <summary>A pair whose lock is taken is being looked after.</summary>
    private async Task AdoptAsync(long accountId, TokenOrder order, CancellationToken cancellationToken)
    {
        var state = await reader.ReadStateAsync(accountId, cancellationToken);
        if (state.NewestVersion is not null && order < state.Newest)
        {
            // Of who lost the lock and came late; of use only if the newer one turns out not to work, and deleted by the next refresh.
            return;
        }

        await using var held = await locks.TryAcquireAsync<RotationState>(
            RotationState.LockScope, TokenReader.LockName(accountId), options.Value.LockTime, cancellationToken);
        if (held is null)
        {
            return;
        }

        // Looked at under the lock: an account that is just coming back keeps its pair.
        if (await accounts.GetAsync(accountId, cancellationToken) is null or { State: AccountState.Uninstalled })
        {
            await copies.DeleteAsync(accountId, Last, cancellationToken);
            return;
        }

        await rotation.AdoptCopyAsync(held, accountId, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The tokens of account {AccountId} in the second place could not be moved into the vault")]
        public static partial void NotAdopted(ILogger logger, long accountId, Exception exception);
    }
}
