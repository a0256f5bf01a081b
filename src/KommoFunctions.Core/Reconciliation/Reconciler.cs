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
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

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

    /// <summary>Reconciles all active accounts. One account's trouble holds up no other.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await _bell.RingOverdueAsync(cancellationToken);
        await foreach (var account in _accounts.ListAsync(cancellationToken))
        {
            if (!account.State.IsConnected())
            {
                continue;
            }

            try
            {
                await ReconcileAsync(account, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Log.NotReconciled(_logger, account.Id, account.ReconciledUntil, e);
            }
        }
    }

    private async Task ReconcileAsync(KommoAccount account, CancellationToken cancellationToken)
    {
        await using var held = await _locks.TryAcquireAsync<NoState>("reconcile", $"{account.Id}", LockTime, cancellationToken);
        if (held is null)
        {
            return;
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

        var until = _time.GetUtcNow() - _options.Settle;
        if (until <= account.ReconciledUntil)
        {
            return;
        }

        var kommo = (await _sessions.GetAsync(account.Id, cancellationToken)).Background;
        var source = new WebhookAccount(account.Id);
        var from = account.ReconciledUntil - _options.Overlap;
        var found = 0;

        // The same until the run has ended, so that one that broke off brings its events again; another for the next, whose overlap then does not.
        var hookId = string.Create(CultureInfo.InvariantCulture, $"reconciliation-{account.ReconciledUntil.UtcTicks}");
        await foreach (var e in _missed.ListAsync(kommo, new TimeRange(from < account.ConnectedAt ? account.ConnectedAt : from, until), cancellationToken))
        {
            if (await _admission.AdmitAsync(account.Id, source, e, hookId, e.Fields.GetTime("created_at") ?? account.ReconciledUntil, cancellationToken))
            {
                found++;
                _metrics.Reconciled(e.Entity);
            }
        }

        await _accounts.SetReconciledAsync(account.Id, until, cancellationToken);
        if (found > 0)
        {
            Log.Found(_logger, account.Id, found);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Kommo did not deliver {Count} events of account {AccountId}; they were fetched")]
        public static partial void Found(ILogger logger, long accountId, int count);

        [LoggerMessage(3, LogLevel.Warning, "Kommo refuses to send the hooks of account {AccountId}; it is looked through all the same")]
        public static partial void NotSubscribed(ILogger logger, long accountId, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Account {AccountId} could not be reconciled; it is up to {Until}")]
        public static partial void NotReconciled(ILogger logger, long accountId, DateTimeOffset until, Exception exception);
    }
}
