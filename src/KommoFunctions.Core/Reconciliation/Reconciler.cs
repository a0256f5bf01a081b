using System.Collections.Concurrent;
using System.Globalization;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.Accounts;
using KommoFunctions.Holds;
using KommoFunctions.Splitting;
using KommoFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Reconciliation;

/// <summary>
/// Fetches what Kommo failed to deliver: it tries a hook five times in about 95 minutes and then forgets it (Kommo: Webhooks, delivery). Also finds
/// a subscription that is gone or switched off, and puts it right.
/// </summary>
public sealed partial class Reconciler
{
    /// <summary>Accounts at a time: each waits for Kommo as a rule, under a limit of its own.</summary>
    private const int SideBySide = 16;

    /// <summary>Longer than an account may take.</summary>
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    /// <summary>At a few requests a second this is some 100,000 things that were added.</summary>
    private static readonly TimeSpan MaxPerAccount = TimeSpan.FromMinutes(2);

    /// <summary>Shorter than the time between two runs.</summary>
    private static readonly TimeSpan MaxPerRun = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan MaxStep = TimeSpan.FromDays(1);

    /// <summary>
    /// How far back an account is reconciled at most. Its messages have waited for as long at most, and for as long it is remembered which events were
    /// handled.
    /// </summary>
    internal static readonly TimeSpan MaxUnreconciled = TimeSpan.FromDays(30);

    /// <summary>More than the overlap of two reconciliations, and than an event takes until it is written down.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromDays(2);

    private readonly AccountStore _accounts;
    private readonly AccountSessions _sessions;
    private readonly HookSubscriptions _subscriptions;
    private readonly MissedEvents _missed;
    private readonly EventAdmission _admission;
    private readonly RowLeases _locks;
    private readonly HoldBell _bell;
    private readonly ReconciliationOptions _options;
    private readonly CoreMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal Reconciler(
        AccountStore accounts,
        AccountSessions sessions,
        HookSubscriptions subscriptions,
        MissedEvents missed,
        EventAdmission admission,
        RowLeases locks,
        HoldBell bell,
        IOptions<ReconciliationOptions> options,
        CoreMetrics metrics,
        TimeProvider time,
        ILogger<Reconciler> logger)
    {
        _accounts = accounts;
        _sessions = sessions;
        _subscriptions = subscriptions;
        _missed = missed;
        _admission = admission;
        _locks = locks;
        _bell = bell;
        _options = options.Value;
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Reconciles the connected accounts, those first that were not reconciled for longest, for some minutes at most. Whoever is not reached is first in the
    /// next run. One account's trouble holds up no other.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _bell.RingOverdueAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotRung(_logger, e);
        }

        var accounts = await _accounts.ListAsync(cancellationToken).Where(account => account.State.IsConnected()).ToListAsync(cancellationToken);
        var reached = new ConcurrentDictionary<long, DateTimeOffset>();
        var left = await new AccountTurns(SideBySide, MaxPerAccount, MaxPerRun, _time).RunAsync(
            [.. accounts.OrderBy(TurnOf)],
            async (account, token) => reached[account.Id] = await ReconcileAsync(account, token),
            FailAsync,
            cancellationToken);
        if (accounts.Count > 0)
        {
            var age = _time.GetUtcNow() - accounts.Min(account => reached.GetValueOrDefault(account.Id, account.ReconciledUntil));
            _metrics.ReconciledUpTo(age);
            Log.Ended(_logger, accounts.Count - left, accounts.Count, age);
        }
    }

    /// <summary>When it was an account's turn the last time: one that failed waits for all others before it is tried again.</summary>
    private static DateTimeOffset TurnOf(KommoAccount account) =>
        account.ReconcileFailedAt is { } failed && failed > account.ReconciledUntil ? failed : account.ReconciledUntil;

    private async Task FailAsync(KommoAccount account, Exception error)
    {
        Log.NotReconciled(_logger, account.Id, account.ReconciledUntil, error);
        try
        {
            await _accounts.SetReconcileFailedAsync(account.Id, _time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception e)
        {
            // Storage is away: the account is among the first in the next run.
            Log.NotReconciled(_logger, account.Id, account.ReconciledUntil, e);
        }
    }

    /// <returns>Up to when the account is reconciled.</returns>
    private async Task<DateTimeOffset> ReconcileAsync(KommoAccount account, CancellationToken cancellationToken)
    {
        await using var held = await _locks.TryAcquireAsync<NoState>("reconcile", $"{account.Id}", LockTime, cancellationToken);
        if (held is null)
        {
            return account.ReconciledUntil;
        }

        try
        {
            await _subscriptions.EnsureSubscribedAsync(account.Id, cancellationToken);
        }
        catch (KommoException e) when (HookSubscriptions.IsRefusal(e))
        {
            // Without hooks this look is the only one.
            Log.NotSubscribed(_logger, account.Id, e);
        }

        var (done, until) = (account.ReconciledUntil, _time.GetUtcNow() - _options.Settle);
        if (done >= until)
        {
            return done;
        }

        if (until - done > MaxUnreconciled)
        {
            Log.TooLongAgo(_logger, account.Id, done, until - MaxUnreconciled);
            done = until - MaxUnreconciled;
        }

        var kommo = (await _sessions.GetAsync(account.Id, cancellationToken)).Background;
        var found = 0;
        while (done < until)
        {
            // A long time in several steps, so that what is done stays done when the account's time is over.
            var next = until - done > MaxStep ? done + MaxStep : until;
            found += await FetchAsync(account, kommo, done, next, cancellationToken);
            await _accounts.SetReconciledAsync(account.Id, next, cancellationToken);
            done = next;
        }

        if (found > 0)
        {
            Log.Found(_logger, account.Id, found);
        }

        return done;
    }

    /// <returns>How many events were missing.</returns>
    private async Task<int> FetchAsync(
        KommoAccount account, KommoClient kommo, DateTimeOffset done, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var source = new WebhookAccount(account.Id);
        var from = done - _options.Overlap;
        var found = 0;

        // The same until the step has ended, so that one that broke off brings its events again; another for the next, whose overlap then does not.
        var hookId = string.Create(CultureInfo.InvariantCulture, $"reconciliation-{done.UtcTicks}");
        await foreach (var e in _missed.ListAsync(kommo, new TimeRange(from < account.ConnectedAt ? account.ConnectedAt : from, until), cancellationToken))
        {
            if (await _admission.AdmitAsync(account.Id, source, e, hookId, e.Fields.GetTime("created_at") ?? done, cancellationToken))
            {
                found++;
                _metrics.Reconciled(e.Entity);
            }
        }

        return found;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Kommo did not deliver {Count} events of account {AccountId}; they were fetched")]
        public static partial void Found(ILogger logger, long accountId, int count);

        [LoggerMessage(3, LogLevel.Warning, "Kommo refuses to send the hooks of account {AccountId}; it is looked through all the same")]
        public static partial void NotSubscribed(ILogger logger, long accountId, Exception exception);

        [LoggerMessage(4, LogLevel.Information, "{Reached} of {Accounts} accounts were reconciled; all are up to {Age} ago")]
        public static partial void Ended(ILogger logger, int reached, int accounts, TimeSpan age);

        [LoggerMessage(5, LogLevel.Error, "The messages of accounts that are held could not be looked after; the next run tries again")]
        public static partial void NotRung(ILogger logger, Exception exception);

        [LoggerMessage(6, LogLevel.Error, "Account {AccountId} was not reconciled since {Done}; what Kommo did not deliver before {From} is not fetched, since it is not remembered any more what of it was handled")]
        public static partial void TooLongAgo(ILogger logger, long accountId, DateTimeOffset done, DateTimeOffset from);

        [LoggerMessage(2, LogLevel.Warning, "Account {AccountId} could not be reconciled; it is up to {Until}")]
        public static partial void NotReconciled(ILogger logger, long accountId, DateTimeOffset until, Exception exception);
    }
}
