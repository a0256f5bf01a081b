using KommoFunctions.Failures;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>
/// Makes a new pair durable: into the vault and, encrypted, into table storage, both at once, since until one of them has it, the pair exists in
/// this process alone and dies with it. Tries for as long as it takes and cannot be cancelled.
/// </summary>
internal sealed partial class TokenKeeping(
    TokenVault vault, TokenCopies copies, IRotationSteps steps, IOptions<TokenOptions> options, TimeProvider time, ILogger<TokenKeeping> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly TokenOptions _options = options.Value;

    /// <summary>Returns when the pair is in the vault, or when the vault was waited for long enough and the copy is there.</summary>
    /// <param name="held">The lock, which is held anew meanwhile.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="tokens">The pair.</param>
    /// <returns>The vault's version; null when the pair is in the copy only.</returns>
    /// <exception cref="InvalidOperationException">Neither place took it for <see cref="TokenOptions.GiveUpAfter"/>.</exception>
    public async Task<string?> KeepAsync(RowLease<RotationState> held, long accountId, AccountTokens tokens)
    {
        var box = TokenSeal.Close(await vault.GetClientSecretAsync(CancellationToken.None), accountId, tokens);
        using var enough = new CancellationTokenSource();
        var inVault = RepeatAsync(accountId, tokens, "the vault", RotationStep.VaultStored, t => vault.SetAsync(accountId, tokens, t), enough.Token);
        var copied = RepeatAsync(accountId, tokens, "the second place", RotationStep.CopyStored, CopyAsync, enough.Token);
        var patience = Task.Delay(_options.VaultPatience, time, enough.Token);
        var end = Task.Delay(_options.GiveUpAfter, time, enough.Token);
        var safe = Task.WhenAny(inVault, Task.WhenAll(copied, patience), end);
        while (!safe.IsCompleted)
        {
            if (await Task.WhenAny(safe, Task.Delay(_options.LockTime / 3, time, enough.Token)) != safe)
            {
                await TryHoldAsync(held, accountId);
            }
        }

        await enough.CancelAsync();
        var (version, copy) = (await inVault, await copied);
        if (version is null && copy is null)
        {
            Log.Lost(logger, accountId, tokens.Order, _options.GiveUpAfter);
            throw new InvalidOperationException($"The new tokens of account {accountId} could be stored nowhere for {_options.GiveUpAfter}.");
        }

        if (version is null)
        {
            Log.InCopyOnly(logger, accountId, tokens.Order);
        }

        return version;

        // Not cut off: a copy that arrives after it was deleted would lie there until the timer finds it.
        async Task<string> CopyAsync(CancellationToken cancellationToken)
        {
            await copies.PutAsync(new TokenCopy(accountId, tokens.Order, box), CancellationToken.None);
            return string.Empty;
        }
    }

    /// <returns>What the work returns; null when it was not done in time.</returns>
    private async Task<string?> RepeatAsync(
        long accountId, AccountTokens tokens, string place, RotationStep step, Func<CancellationToken, Task<string>> work, CancellationToken enough)
    {
        for (var delay = FirstDelay; !enough.IsCancellationRequested; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                var done = await work(enough);
                await steps.OverAsync(accountId, step);
                return done;
            }
            catch (Exception) when (enough.IsCancellationRequested)
            {
                // The other place has it. Whether this one has it too makes no difference: what is there twice is the same pair.
                return null;
            }
            catch (Exception e) when (FailureClassifier.IsStorageAway(e) || e is OperationCanceledException)
            {
                Log.NotStored(logger, accountId, tokens.Order, place, delay, e);
                await Task.Delay(delay, time, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    private async Task TryHoldAsync(RowLease<RotationState> held, long accountId)
    {
        try
        {
            if (!await held.TrySaveAsync(held.State, CancellationToken.None))
            {
                Log.LockLost(logger, accountId);
            }
        }
        catch (Exception e)
        {
            // The pair is in this process alone: nothing may end the keeping but its own end.
            Log.LockNotRenewed(logger, accountId, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The new tokens {Order} of account {AccountId} could not be stored in {Place}; trying again in {Delay}")]
        public static partial void NotStored(ILogger logger, long accountId, TokenOrder order, string place, TimeSpan delay, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "The new tokens {Order} of account {AccountId} are in the second place only, encrypted; they move to the vault when that answers again")]
        public static partial void InCopyOnly(ILogger logger, long accountId, TokenOrder order);

        [LoggerMessage(3, LogLevel.Critical, "The new tokens {Order} of account {AccountId} could be stored nowhere for {Time} and are lost")]
        public static partial void Lost(ILogger logger, long accountId, TokenOrder order, TimeSpan time);

        [LoggerMessage(4, LogLevel.Warning, "Another process has taken over the refresh of account {AccountId} while its new tokens were being stored")]
        public static partial void LockLost(ILogger logger, long accountId);

        [LoggerMessage(5, LogLevel.Warning, "The lock on the refresh of account {AccountId} could not be held anew")]
        public static partial void LockNotRenewed(ILogger logger, long accountId, Exception exception);
    }
}
