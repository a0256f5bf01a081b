using System.Collections.Concurrent;
using Kommo;
using Microsoft.Extensions.Logging;

namespace KommoFunctions.Accounts;

/// <summary>
/// The zones of the accounts: hooks have some times as the account's local text (Kommo: Webhooks, tasks and notes). The account's row keeps the
/// zone's name; Kommo is asked when it has none yet.
/// </summary>
internal sealed partial class AccountTimeZones(AccountStore accounts, AccountSessions sessions, ILogger<AccountTimeZones> logger)
{
    private readonly ConcurrentDictionary<string, TimeZoneInfo?> _zones = new();

    /// <summary>The account's zone; null when Kommo names none, or one that this machine does not know.</summary>
    /// <exception cref="KommoException">Kommo had to be asked and could not be.</exception>
    public async ValueTask<TimeZoneInfo?> FindAsync(long accountId, CancellationToken cancellationToken)
    {
        var session = await sessions.GetAsync(accountId, cancellationToken);
        var name = session.Account.TimeZone ?? await AskAsync(session, cancellationToken);
        return name.Length > 0 ? _zones.GetOrAdd(name, Find) : null;
    }

    private async Task<string> AskAsync(AccountSession session, CancellationToken cancellationToken)
    {
        var account = await session.Kommo.Account.GetAsync(AccountWith.DatetimeSettings, cancellationToken);
        var name = account.Embedded?.DatetimeSettings?.Timezone ?? string.Empty;
        await accounts.SetTimeZoneAsync(session.Account.Id, name, cancellationToken);
        sessions.Update(session.Account with { TimeZone = name });
        return name;
    }

    private TimeZoneInfo? Find(string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        Log.Unknown(logger, name);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The time zone {Name} is not known here: times that hooks tell as local text stay empty")]
        public static partial void Unknown(ILogger logger, string name);
    }
}
