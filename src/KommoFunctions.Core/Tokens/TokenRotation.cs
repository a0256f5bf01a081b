using Kommo;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Tokens;

/// <summary>
/// Exchanges an account's pair for the next one, in steps of which each leaves behind what whoever comes after a crash needs to go on: see
/// docs/tokens.md. Runs under the account's lock.
/// </summary>
internal sealed partial class TokenRotation(
    TokenReader reader,
    TokenVault vault,
    TokenCopies copies,
    TokenRequests requests,
    TokenKeeping keeping,
    RotationEnd end,
    AccountStates states,
    IRotationSteps steps,
    IStorageClock clock,
    ILogger<TokenRotation> logger)
{
    /// <summary>Refreshes the tokens, unless <paramref name="isStale"/> says of those found under the lock that they are good.</summary>
    /// <exception cref="KommoGrantRejectedException">Kommo refuses the grant: the account has to be connected again.</exception>
    /// <exception cref="NeedsAuthorizationException">There is no refresh token, or Kommo has refused it before.</exception>
    /// <exception cref="NotNowException">The lock has passed to another process.</exception>
    public async Task<AccountTokens> RunAsync(
        RowLease<RotationState> held, long accountId, Uri address, Func<AccountTokens, bool> isStale, CancellationToken cancellationToken)
    {
        await steps.OverAsync(accountId, RotationStep.LockTaken);
        var found = await ResumeAsync(held, accountId, cancellationToken)
            ?? throw await NeedsAuthorizationAsync(held, accountId, "The vault has no tokens of it.");
        await steps.OverAsync(accountId, RotationStep.TokensRead);
        var refused = new HashSet<string>(StringComparer.Ordinal);
        while (isStale(found.Tokens))
        {
            if (found.Tokens.RefreshToken is not { } refreshToken)
            {
                throw await NeedsAuthorizationAsync(held, accountId, "Its long-lived token no longer works.");
            }

            if (found.Tokens.Generation <= held.State.RejectedGeneration)
            {
                throw await NeedsAuthorizationAsync(held, accountId, "Kommo refuses its refresh token.");
            }

            try
            {
                return await ExchangeAsync(held, accountId, address, found, refreshToken, cancellationToken);
            }
            catch (KommoGrantRejectedException e)
            {
                refused.Add(refreshToken);
                found = await FindUnrefusedAsync(held, accountId, refused)
                    ?? throw await RejectedAsync(held, accountId, found.Tokens, e);
            }
        }

        return found.Tokens;
    }

    /// <summary>
    /// Finds the newest pair and, where a process ended or the vault was down before storage could be told of it, brings that to its end.
    /// </summary>
    /// <returns>The newest pair; null when the account has none.</returns>
    public async Task<StoredTokens?> ResumeAsync(RowLease<RotationState> held, long accountId, CancellationToken cancellationToken)
    {
        var state = held.State;
        await end.DisableOldAsync(held, accountId, cancellationToken);
        var found = state.Intent is null && !state.IsInCopy
            ? await reader.FindAsync(accountId, state, cancellationToken)
            : await reader.FindEverywhereAsync(accountId, state, cancellationToken);
        return found is null || (found.Tokens.Order == state.Newest && found.Version == state.NewestVersion && !state.IsInCopy)
            ? found
            : await AdoptAsync(held, accountId, found);
    }

    /// <summary>Brings the pair that is left in the second place to where it belongs, and takes what is no longer needed away from there.</summary>
    public async Task AdoptCopyAsync(RowLease<RotationState> held, long accountId, CancellationToken cancellationToken)
    {
        var state = held.State;
        var found = await reader.FindEverywhereAsync(accountId, state, cancellationToken);
        if (found is not null && (found.Tokens.Order > state.Newest || state.IsInCopy))
        {
            await AdoptAsync(held, accountId, found);
        }
        else if (found is not null)
        {
            await end.FinishAsync(held, accountId, found);
        }
    }

    /// <summary>Takes over a pair that storage does not know of as the newest one; into the vault first, if it is not there.</summary>
    private async Task<StoredTokens> AdoptAsync(RowLease<RotationState> held, long accountId, StoredTokens found)
    {
        var version = found.Version;
        try
        {
            version ??= await vault.SetAsync(accountId, found.Tokens, CancellationToken.None);
        }
        catch (Exception e) when (FailureClassifier.IsStorageAway(e))
        {
            Log.NotInVaultYet(logger, accountId, found.Tokens.Order, e);
        }

        await RecordAsync(held, accountId, found with { Version = version });
        if (found.Tokens.Fence != 0)
        {
            Log.Adopted(logger, accountId, found.Tokens.Order, found.Version is null ? "the second place" : "the vault");
        }

        return found with { Version = version };
    }

    private async Task<AccountTokens> ExchangeAsync(
        RowLease<RotationState> held, long accountId, Uri address, StoredTokens old, string refreshToken, CancellationToken cancellationToken)
    {
        await requests.PrepareAsync(cancellationToken);
        var order = new TokenOrder(Math.Max(old.Tokens.Generation, held.State.Newest.Generation) + 1, held.Generation);
        await held.SaveAsync(held.State with { Intent = order, IntentAt = clock.Now.Likely }, cancellationToken);
        await steps.OverAsync(accountId, RotationStep.IntentWritten);
        TokenGrant grant;
        try
        {
            grant = await requests.SpendAsync(held, accountId, address, refreshToken);
        }
        catch (KommoException e) when (e.Fate != RequestFate.Unknown && e is not KommoGrantRejectedException)
        {
            // Kommo surely did nothing: there is nothing that the next process would have to look for.
            await held.SaveAsync(held.State with { Intent = null }, CancellationToken.None);
            throw;
        }

        await steps.OverAsync(accountId, RotationStep.AnswerReceived);
        var now = clock.Now.Likely;
        var renewed = new AccountTokens
        {
            AccessToken = grant.AccessToken,
            RefreshToken = grant.RefreshToken,
            IssuedAt = now,
            ExpiresAt = now + grant.ExpiresIn,
            Generation = order.Generation,
            Fence = order.Fence,
        };
        var version = await keeping.KeepAsync(held, accountId, renewed);
        await RecordAsync(held, accountId, new StoredTokens(renewed, version));
        Log.Refreshed(logger, accountId, renewed.Generation, renewed.ExpiresAt);
        return renewed;
    }

    /// <summary>
    /// Tells storage which pair is the newest, which only the holder of the lock can, and then does what can be left undone. Who has lost the lock
    /// keeps his pair in the second place: if the other's turns out not to work, it is there.
    /// </summary>
    public async Task RecordAsync(RowLease<RotationState> held, long accountId, StoredTokens newest)
    {
        try
        {
            var state = held.State;
            await held.SaveAsync(
                state with
                {
                    Newest = newest.Tokens.Order,
                    NewestVersion = newest.Version,
                    Intent = null,
                    OldVersion = state.NewestVersion == newest.Version ? state.OldVersion : state.NewestVersion ?? state.OldVersion,
                    Versions = state.Versions == 0 ? 0 : state.Versions + 1,
                    RejectedGeneration = 0,
                    Failures = 0,
                    RetryAt = DateTimeOffset.UnixEpoch,
                },
                CancellationToken.None);
        }
        catch (NotNowException)
        {
            var box = TokenSeal.Close(await vault.GetClientSecretAsync(CancellationToken.None), accountId, newest.Tokens);
            await copies.PutAsync(new TokenCopy(accountId, newest.Tokens.Order, box), CancellationToken.None);
            Log.TooLate(logger, accountId, newest.Tokens.Order);
            throw;
        }

        await steps.OverAsync(accountId, RotationStep.Recorded);
        await end.FinishAsync(held, accountId, newest);
    }

    /// <summary>A refusal is believed when no other pair is to be found: another process may have been faster, or have left one behind.</summary>
    private async Task<StoredTokens?> FindUnrefusedAsync(RowLease<RotationState> held, long accountId, HashSet<string> refused)
    {
        var newest = await reader.FindEverywhereAsync(accountId, held.State, CancellationToken.None);
        if (newest?.Tokens.RefreshToken is { } token && !refused.Contains(token))
        {
            return newest.Tokens.Order > held.State.Newest ? await AdoptAsync(held, accountId, newest) : newest;
        }

        return (await copies.OpenAsync(accountId, CancellationToken.None)).FirstOrDefault(pair => pair.RefreshToken is { } other && !refused.Contains(other)) is { } left
            ? new StoredTokens(left, Version: null)
            : null;
    }

    private async Task<KommoGrantRejectedException> RejectedAsync(RowLease<RotationState> held, long accountId, AccountTokens tokens, KommoGrantRejectedException e)
    {
        await held.SaveAsync(
            held.State with { Intent = null, RejectedGeneration = Math.Max(tokens.Generation, held.State.Newest.Generation) }, CancellationToken.None);
        await states.NeedsAuthorizationAsync(accountId, RefusedOf(held, tokens.Order), $"Kommo refuses its refresh token ({e.Hint ?? "without a reason"}).", CancellationToken.None);
        return e;
    }

    private async Task<NeedsAuthorizationException> NeedsAuthorizationAsync(RowLease<RotationState> held, long accountId, string reason)
    {
        await states.NeedsAuthorizationAsync(accountId, RefusedOf(held, default), reason, CancellationToken.None);
        return new NeedsAuthorizationException(accountId);
    }

    /// <summary>The newest pair that is known not to work: one that came by a connection since is newer.</summary>
    private static TokenOrder RefusedOf(RowLease<RotationState> held, TokenOrder tried) => tried > held.State.Newest ? tried : held.State.Newest;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The tokens of account {AccountId} are refreshed: generation {Generation}, valid until {ExpiresAt}")]
        public static partial void Refreshed(ILogger logger, long accountId, long generation, DateTimeOffset expiresAt);

        [LoggerMessage(2, LogLevel.Warning, "A refresh of account {AccountId} had not come to its end; its tokens {Order} were found in {Place}")]
        public static partial void Adopted(ILogger logger, long accountId, TokenOrder order, string place);

        [LoggerMessage(3, LogLevel.Warning, "The tokens {Order} of account {AccountId} cannot be moved from the second place into the vault yet")]
        public static partial void NotInVaultYet(ILogger logger, long accountId, TokenOrder order, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "The refresh of account {AccountId} took so long that another process has taken it over; the tokens {Order} are kept in the second place")]
        public static partial void TooLate(ILogger logger, long accountId, TokenOrder order);
    }
}
