using Kommo;
using Kommo.OAuth;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tokens;

/// <summary>
/// Refreshes tokens: one process at a time per account, since a refresh token works once, and stored before used, since a pair that is lost
/// disconnects the customer (Kommo: OAuth 2.0). What happens at a crash at each step: docs/tokens.md.
/// </summary>
public sealed partial class TokenRefresher
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    /// <summary>The vault takes 300 new secrets in 10 s (Key Vault: service limits); this is 200.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>With less than this left, one failure is enough to call an account late.</summary>
    private static readonly TimeSpan LittleLife = TimeSpan.FromHours(1);

    private readonly RowLeases _locks;
    private readonly TokenReader _reader;
    private readonly TokenRotation _rotation;
    private readonly RotationEnd _end;
    private readonly CopyAdoption _adoption;
    private readonly AccountLook _look;
    private readonly RefreshSchedule _schedule;
    private readonly AccountStore _accounts;
    private readonly AccountStates _states;
    private readonly IRotationSteps _steps;
    private readonly TokenOptions _options;
    private readonly CoreMetrics _metrics;
    private readonly IStorageClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal TokenRefresher(
        RowLeases locks,
        TokenReader reader,
        TokenRotation rotation,
        RotationEnd end,
        CopyAdoption adoption,
        AccountLook look,
        RefreshSchedule schedule,
        AccountStore accounts,
        AccountStates states,
        IRotationSteps steps,
        IOptions<TokenOptions> options,
        CoreMetrics metrics,
        IStorageClock clock,
        TimeProvider time,
        ILogger<TokenRefresher> logger)
    {
        (_locks, _reader, _rotation, _end, _adoption, _look, _schedule) = (locks, reader, rotation, end, adoption, look, schedule);
        (_accounts, _states, _steps, _options, _metrics, _clock, _time, _logger) = (accounts, states, steps, options.Value, metrics, clock, time, logger);
    }

    /// <summary>
    /// Refreshes the tokens of all accounts that are due, and moves tokens that had to be stored elsewhere into the vault. One account's trouble holds up
    /// no other: it is tried again later, after growing waits.
    /// </summary>
    public async Task RefreshDueAsync(CancellationToken cancellationToken = default)
    {
        await TryAsync("looked through", _look.RunAsync, cancellationToken);
        await TryAsync("moved from the second place into the vault", _adoption.RunAsync, cancellationToken);
        using var pace = new SemaphoreSlim(1, 1);
        await Parallel.ForEachAsync(
            _accounts.ListDueAsync(_clock.Now.Likely, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellationToken },
            async (due, token) =>
            {
                try
                {
                    await RefreshDueAsync(due, pace, token);
                }
                catch (Exception e) when (!token.IsCancellationRequested)
                {
                    Log.NotRefreshed(_logger, due.AccountId, e);
                    _metrics.Refreshed(e switch
                    {
                        KommoGrantRejectedException or NeedsAuthorizationException => "rejected",
                        KommoIntegrationRejectedException => "integration_rejected",
                        _ => "failed",
                    });
                }
            });
    }

    /// <summary>What goes before the refreshes that are due must not keep them back: it is done again with the next run.</summary>
    private async Task TryAsync(string what, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotPrepared(_logger, what, e);
        }
    }

    /// <summary>The tokens' due time, kept apart over the accounts so that they do not all come at once.</summary>
    internal DateTimeOffset DueAt(long accountId, AccountTokens tokens) => _schedule.DueAt(accountId, tokens);

    /// <summary>
    /// Refreshes the tokens of one account, unless <paramref name="isStale"/> says, of the tokens found once this process is the
    /// only one to refresh, that another process did it meanwhile.
    /// </summary>
    /// <returns>The tokens to go on with.</returns>
    /// <exception cref="KommoGrantRejectedException">Kommo refuses the grant: the account has to be connected again.</exception>
    /// <exception cref="NeedsAuthorizationException">There is no refresh token, or Kommo has refused it before.</exception>
    /// <exception cref="NotNowException">Another process is at it for long, or it failed a short while ago.</exception>
    internal async Task<AccountTokens> RefreshAsync(
        long accountId, Uri address, Func<AccountTokens, bool> isStale, CancellationToken cancellationToken)
    {
        var state = await _reader.ReadStateAsync(accountId, cancellationToken);
        if (_clock.Now.Until(state.RetryAt, _options.LongestRetryDelay) is { Ticks: > 0 } wait)
        {
            throw new NotNowException($"The tokens of account {accountId} could not be refreshed a short while ago.", wait);
        }

        return await RefreshCoreAsync(accountId, address, isStale, state.Newest, cancellationToken);
    }

    /// <summary>
    /// Has Kommo take the account's refresh token once more, though it was refused before or could not be used: an operator believes that it is good, as after
    /// a mistake in the integration's settings. Costs nothing when it is not: the pair stays as it is.
    /// </summary>
    /// <exception cref="KommoGrantRejectedException">Kommo refuses it again.</exception>
    /// <exception cref="NeedsAuthorizationException">There is no refresh token.</exception>
    /// <exception cref="NotNowException">Another process refreshes it just now.</exception>
    /// <exception cref="KommoException">Kommo does not accept the integration, or cannot be reached.</exception>
    internal async Task<AccountTokens> RetryAsync(long accountId, Uri address, CancellationToken cancellationToken)
    {
        TokenOrder? tried = null;
        return await RefreshCoreAsync(accountId, address, IsTried, newest: null, cancellationToken, isRetry: true);

        // The pair that is found first, and whatever is found beside it.
        bool IsTried(AccountTokens tokens) => tokens.Order <= (tried ??= tokens.Order);
    }

    private async Task RefreshDueAsync(DueRefresh due, SemaphoreSlim pace, CancellationToken cancellationToken)
    {
        var account = await _accounts.GetAsync(due.AccountId, cancellationToken);
        if (account is null || !account.State.IsConnected() || account.RefreshDueAt != due.At)
        {
            await _accounts.TidyDueAsync(due, account, cancellationToken);
            return;
        }

        await pace.WaitAsync(cancellationToken);
        try
        {
            await Task.Delay(Pace, _time, cancellationToken);
        }
        finally
        {
            pace.Release();
        }

        var tokens = await RefreshCoreAsync(
            account.Id, account.Address, found => _schedule.DueAt(account.Id, found) <= _clock.Now.Likely, newest: null, cancellationToken);
        if ((await _accounts.GetAsync(account.Id, cancellationToken))?.RefreshDueAt == due.At)
        {
            // Refreshed before, by somebody who ended before the account's row was told.
            await _end.UpdateAccountAsync(account.Id, tokens, cancellationToken);
        }
    }

    private async Task<AccountTokens> RefreshCoreAsync(
        long accountId, Uri address, Func<AccountTokens, bool> isStale, TokenOrder? newest, CancellationToken cancellationToken, bool isRetry = false)
    {
        await _steps.OverAsync(accountId, RotationStep.Begun);
        var (held, found) = await AcquireAsync(accountId, isStale, newest, cancellationToken);
        if (held is null)
        {
            return found!;
        }

        AccountTokens tokens;
        await using (held)
        {
            if (isRetry)
            {
                await held.SaveAsync(held.State with { RejectedGeneration = 0 }, cancellationToken);
            }

            var before = held.State.Newest;
            try
            {
                tokens = await RotateAsync(held, accountId, address, isStale, cancellationToken);
            }
            catch (Exception e) when (e is not (NotNowException or KommoGrantRejectedException) && !cancellationToken.IsCancellationRequested)
            {
                await NoteFailureAsync(held, accountId, e);
                throw;
            }

            if (tokens.Order != before)
            {
                _metrics.Refreshed("refreshed");
            }
        }

        await _steps.OverAsync(accountId, RotationStep.Released);
        return tokens;
    }

    /// <summary>An account that was given another subdomain is found again when its old one fails; the refresh goes on there.</summary>
    private async Task<AccountTokens> RotateAsync(
        RowLease<RotationState> held, long accountId, Uri address, Func<AccountTokens, bool> isStale, CancellationToken cancellationToken)
    {
        try
        {
            return await _rotation.RunAsync(held, accountId, address, isStale, cancellationToken);
        }
        catch (KommoConnectionException e) when (e.Fate == RequestFate.NotSent)
        {
            if (await _accounts.GetAsync(accountId, cancellationToken) is not { } account || account.Address == address)
            {
                throw;
            }

            return await _rotation.RunAsync(held, accountId, account.Address, isStale, cancellationToken);
        }
    }

    /// <summary>The lock, or the tokens that another process has refreshed while this one waited for it.</summary>
    private async Task<(RowLease<RotationState>? Held, AccountTokens? Found)> AcquireAsync(
        long accountId, Func<AccountTokens, bool> isStale, TokenOrder? newest, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        for (var wait = ShortestPoll; ; wait = wait * 2 < LongestPoll ? wait * 2 : LongestPoll)
        {
            if (await _locks.TryAcquireAsync<RotationState>(RotationState.LockScope, TokenReader.LockName(accountId), _options.LockTime, cancellationToken) is { } held)
            {
                return (held, null);
            }

            if (newest is null || _time.GetElapsedTime(start) + wait > _options.WaitForOthers)
            {
                throw new NotNowException($"Another process refreshes the tokens of account {accountId}.", LongestPoll);
            }

            await Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), _time, cancellationToken);
            var state = await _reader.ReadStateAsync(accountId, cancellationToken);
            if (state.Newest > newest && (await _reader.FindAsync(accountId, state, cancellationToken))?.Tokens is { } tokens && !isStale(tokens))
            {
                return (null, tokens);
            }
        }
    }

    /// <summary>Puts the next attempt off, for all processes, and calls the account late when this was not the first that failed.</summary>
    private async Task NoteFailureAsync(RowLease<RotationState> held, long accountId, Exception failure)
    {
        try
        {
            // Waiting for a permit is no failure of Kommo's: it only puts the attempt off.
            var failures = held.State.Failures + (failure is KommoPermitUnavailableException ? 0 : 1);
            var delay = _schedule.RetryDelay(accountId, failures);
            var asked = (failure as KommoException)?.RetryAfter ?? TimeSpan.Zero;
            var longer = asked > delay ? asked : delay;
            var retryAt = _clock.Now.Likely + (longer < _options.LongestRetryDelay ? longer : _options.LongestRetryDelay);
            await held.TrySaveAsync(held.State with { Failures = failures, RetryAt = retryAt }, CancellationToken.None);
            var account = await _accounts.SetDueAsync(accountId, retryAt, CancellationToken.None);
            if (failure is KommoIntegrationRejectedException refused)
            {
                // Every account meets it, and only an operator can mend it: said at once.
                Log.IntegrationRejected(_logger, accountId, refused.Reason);
                await _states.IsLateAsync(accountId, $"Kommo does not accept the integration's id, secret or redirect address ({refused.Reason}); the tokens are kept.", CancellationToken.None);
            }
            else if (account is not null && (failures > 1 || account.TokenExpiresAt - _clock.Now.Likely < LittleLife))
            {
                await _states.IsLateAsync(accountId, FailureClassifier.Classify(failure).Error, CancellationToken.None);
            }
        }
        catch (Exception e)
        {
            Log.NotNoted(_logger, accountId, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "The tokens of account {AccountId} could not be refreshed")]
        public static partial void NotRefreshed(ILogger logger, long accountId, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "That the tokens of account {AccountId} could not be refreshed could not be noted either")]
        public static partial void NotNoted(ILogger logger, long accountId, Exception exception);

        [LoggerMessage(5, LogLevel.Error, "The tokens of the accounts could not be {What}; the next run tries again")]
        public static partial void NotPrepared(ILogger logger, string what, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "Kommo does not accept the integration ({Reason}), asked for account {AccountId}. The tokens are kept; compare KommoFunctions:OAuth and the vault's secret kommo-client-secret with Kommo's \"Keys and scopes\"")]
        public static partial void IntegrationRejected(ILogger logger, long accountId, string? reason);
    }
}
