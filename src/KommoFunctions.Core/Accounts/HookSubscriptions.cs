using System.Globalization;
using KommoFunctions.Configuration;
using KommoFunctions.Handling;
using KommoFunctions.Intake;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Accounts;

/// <summary>
/// Sees to it that Kommo sends an account's hooks to its address: with exactly the events that handlers are registered for, and enabled again
/// when Kommo has switched it off (Kommo: Webhooks, delivery).
/// </summary>
internal sealed partial class HookSubscriptions(
    HookKeyRing keys, AccountSessions sessions, HandlerRegistry handlers, IOptions<PublicOptions> options, ILogger<HookSubscriptions> logger)
{
    /// <summary>The route of an account's hooks below the app's public address.</summary>
    public static string PathOf(long accountId, string token) => string.Create(CultureInfo.InvariantCulture, $"api/hooks/{accountId}/{token}");

    public async Task<Uri> AddressOfAsync(long accountId, CancellationToken cancellationToken)
    {
        var key = await keys.GetOrCreateCurrentAsync(cancellationToken);
        return new Uri(options.Value.BaseAddress, PathOf(accountId, HookToken.Create(key, accountId)));
    }

    public async Task EnsureAsync(long accountId, CancellationToken cancellationToken)
    {
        var wanted = handlers.Subscription;
        if (wanted.Count == 0)
        {
            return;
        }

        var address = await AddressOfAsync(accountId, cancellationToken);
        var kommo = (await sessions.GetAsync(accountId, cancellationToken)).Kommo;
        var found = await kommo.Webhooks.ListAsync(address, cancellationToken);
        var present = found.Count > 0 ? found[0] : null;
        if (present is { Disabled: not true } && (present.Settings ?? []).ToHashSet().SetEquals(wanted))
        {
            return;
        }

        await kommo.Webhooks.SubscribeAsync(address, wanted, cancellationToken);
        Log.Subscribed(logger, accountId, present is null ? "missing" : present.Disabled == true ? "disabled" : "different", string.Join(' ', wanted));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The hook subscription of account {AccountId} was {Was}; it is now: {Settings}")]
        public static partial void Subscribed(ILogger logger, long accountId, string was, string settings);
    }
}
