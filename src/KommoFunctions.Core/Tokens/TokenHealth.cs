using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KommoFunctions.Accounts;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Tokens;

/// <summary>
/// The accounts' states and what is left of their tokens' life, as metrics under the meter <c>KommoFunctions</c>. The process that runs the
/// timer looks at all accounts now and then, and notes its own refreshes in between; the others report nothing.
/// </summary>
internal sealed partial class TokenHealth
{
    /// <summary>A backup of a secret breaks beyond 500 versions (Key Vault: service limits); at two a day this leaves ten weeks.</summary>
    private const int ManyVersions = 350;

    private const int ShortestShown = 20;

    private readonly ConcurrentDictionary<long, Life> _lives = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _mostVersions;

    public TokenHealth(IMeterFactory factory, TimeProvider time, ILogger<TokenHealth> logger)
    {
        (_time, _logger) = (time, logger);
        var meter = factory.Create(CoreMetrics.MeterName);
        meter.CreateObservableGauge("kommo.accounts", CountByState, "{account}", "Accounts, by state");
        meter.CreateObservableGauge("kommo.token.life.shortest", Shortest, "s", "What is left of the shortest-lived token of a connected account");
        meter.CreateObservableGauge("kommo.token.life", PerAccount, "s", "What is left of a token's life, for the accounts with the least");
        meter.CreateObservableGauge("kommo.token.versions", () => MostVersions, "{version}", "The most versions that an account's secret was found to have");
    }

    public int MostVersions => Volatile.Read(ref _mostVersions);

    /// <summary>When all accounts were looked at; null when they never were.</summary>
    public DateTimeOffset? LookedAt { get; private set; }

    public void Refreshed(long accountId, DateTimeOffset expiresAt)
    {
        if (LookedAt is not null)
        {
            _lives[accountId] = new Life(AccountState.Active, expiresAt);
        }
    }

    /// <summary>All accounts as they are now.</summary>
    public void Looked(IEnumerable<KommoAccount> accounts)
    {
        var gone = _lives.Keys.ToHashSet();
        foreach (var account in accounts)
        {
            _lives[account.Id] = new Life(account.State, account.TokenExpiresAt);
            gone.Remove(account.Id);
        }

        foreach (var id in gone)
        {
            _lives.TryRemove(id, out _);
        }

        LookedAt = _time.GetUtcNow();
    }

    public void Counted(long accountId, int versions)
    {
        if (versions > MostVersions)
        {
            Volatile.Write(ref _mostVersions, versions);
        }

        if (versions >= ManyVersions)
        {
            Log.ManyVersions(_logger, accountId, versions);
        }
    }

    private IEnumerable<Measurement<long>> CountByState() => LookedAt is null
        ? []
        : Enum.GetValues<AccountState>().Select(state => new Measurement<long>(
            _lives.Values.LongCount(life => life.State == state), new KeyValuePair<string, object?>("state", state.ToString())));

    private IEnumerable<Measurement<double>> Shortest() =>
        Connected().Take(1).Select(life => new Measurement<double>((life.Value.ExpiresAt - _time.GetUtcNow()).TotalSeconds));

    private IEnumerable<Measurement<double>> PerAccount() => Connected().Take(ShortestShown).Select(life => new Measurement<double>(
        (life.Value.ExpiresAt - _time.GetUtcNow()).TotalSeconds, new KeyValuePair<string, object?>("kommo.account_id", life.Key)));

    private IEnumerable<KeyValuePair<long, Life>> Connected() =>
        _lives.Where(life => life.Value.State.IsConnected()).OrderBy(life => life.Value.ExpiresAt);

    private readonly record struct Life(AccountState State, DateTimeOffset ExpiresAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The secret of account {AccountId} has {Versions} versions; beyond 500 the vault no longer backs it up")]
        public static partial void ManyVersions(ILogger logger, long accountId, int versions);
    }
}
