using System.Globalization;
using Kommo;
using Kommo.Webhooks;
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
    HookKeyRing keys,
    AccountStore accounts,
    AccountSessions sessions,
    HandlerRegistry handlers,
    IOptions<PublicOptions> options,
    ILogger<HookSubscriptions> logger)
{
    /// <summary>Names that are not on every page of Kommo's (Kommo: Webhooks, <c>settings</c>).</summary>
    private static readonly HashSet<string> Disputed =
    [
        WebhookSettings.UpdateTask, WebhookSettings.AddMessage, WebhookSettings.AddOutgoingMessage, WebhookSettings.AddChatTemplateReview,
        WebhookSettings.AddCustomer, WebhookSettings.UpdateCustomer, WebhookSettings.DeleteCustomer, WebhookSettings.ResponsibleCustomer,
        WebhookSettings.NoteCustomer,
    ];

    /// <summary>The route of an account's hooks below the app's public address.</summary>
    public static string PathOf(long accountId, string token) => string.Create(CultureInfo.InvariantCulture, $"{HttpRoutes.Prefix}/hooks/{accountId}/{token}");

    public async Task<Uri> AddressOfAsync(long accountId, CancellationToken cancellationToken)
    {
        var key = await keys.GetOrCreateCurrentAsync(cancellationToken);
        return new Uri(options.Value.BaseAddress, PathOf(accountId, HookToken.Create(key, accountId)));
    }

    /// <summary>
    /// Subscribes the account's address to all that has handlers, unless it is; enables a subscription that Kommo has switched off; removes those of
    /// addresses that the account had under other keys, once the new one is there. What came of it is in the account's row.
    /// </summary>
    /// <exception cref="KommoException">Kommo could not be asked or refused.</exception>
    public async Task EnsureSubscribedAsync(long accountId, CancellationToken cancellationToken)
    {
        if (handlers.Subscription.Count == 0)
        {
            return;
        }

        var session = await sessions.GetAsync(accountId, cancellationToken);
        try
        {
            await EnsureSubscribedAsync(accountId, session.Kommo.Webhooks, handlers.Subscription, cancellationToken);
            await NoteAsync(session.Account, HookState.Subscribed, null, cancellationToken);
        }
        catch (KommoException e) when (IsRefusal(e))
        {
            await NoteAsync(session.Account, HookState.Refused, e.Message, cancellationToken);
            throw;
        }
    }

    /// <summary>Whether Kommo answered that it will not: the plan has no webhooks (402), or whoever connected the account is no administrator (403).</summary>
    public static bool IsRefusal(KommoException e) =>
        e is KommoPaymentRequiredException or KommoForbiddenException or KommoValidationException or KommoMethodNotAllowedException or KommoNotFoundException;

    /// <summary>Has Kommo send this app nothing more of the account.</summary>
    /// <exception cref="KommoException">Kommo could not be asked or refused.</exception>
    public async Task UnsubscribeAsync(long accountId, CancellationToken cancellationToken)
    {
        var webhooks = (await sessions.GetAsync(accountId, cancellationToken)).Kommo.Webhooks;
        var own = new Uri(options.Value.BaseAddress, PathOf(accountId, string.Empty)).AbsoluteUri;
        foreach (var hook in (await webhooks.ListAsync(cancellationToken: cancellationToken)).Where(hook => IsBelow(hook.Destination, own)))
        {
            await webhooks.UnsubscribeAsync(new Uri(hook.Destination!), cancellationToken);
        }
    }

    private async Task NoteAsync(KommoAccount account, HookState state, string? problem, CancellationToken cancellationToken)
    {
        if ((account.Hooks, account.HooksProblem) != (state, problem))
        {
            await accounts.SetHooksAsync(account.Id, state, problem, cancellationToken);
        }
    }

    private async Task EnsureSubscribedAsync(
        long accountId, WebhooksClient webhooks, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var address = await AddressOfAsync(accountId, cancellationToken);
        var found = await webhooks.ListAsync(cancellationToken: cancellationToken);
        var present = found.FirstOrDefault(hook => hook.Destination == address.AbsoluteUri);
        if (present is not { Disabled: not true } || !(present.Settings ?? []).ToHashSet().SetEquals(wanted))
        {
            var asked = await SubscribeAsync(accountId, webhooks, address, wanted, cancellationToken);
            var was = present is null ? "missing" : present.Disabled == true ? "disabled" : "different";
            Log.Subscribed(logger, accountId, was, string.Join(' ', asked));
        }

        var own = new Uri(options.Value.BaseAddress, PathOf(accountId, string.Empty)).AbsoluteUri;
        foreach (var old in found.Where(hook => hook.Destination != address.AbsoluteUri && IsBelow(hook.Destination, own)))
        {
            await webhooks.UnsubscribeAsync(new Uri(old.Destination!), cancellationToken);
            Log.Unsubscribed(logger, accountId);
        }
    }

    /// <summary>
    /// Kommo's pages do not agree on all names: when it refuses the full set, the disputed ones are left out, and asked for again at the next look.
    /// </summary>
    private async Task<IReadOnlyList<string>> SubscribeAsync(
        long accountId, WebhooksClient webhooks, Uri address, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        try
        {
            await SubscribeAsync(webhooks, address, wanted, cancellationToken);
            return wanted;
        }
        catch (KommoValidationException e) when (wanted.Any(Disputed.Contains) && !wanted.All(Disputed.Contains))
        {
            IReadOnlyList<string> agreed = [.. wanted.Where(name => !Disputed.Contains(name))];
            Log.Refused(logger, accountId, string.Join(' ', wanted.Except(agreed)), e.Message);
            await SubscribeAsync(webhooks, address, agreed, cancellationToken);
            return agreed;
        }
    }

    /// <summary>Whether subscribing once more enables a disabled subscription is not documented (Kommo: Webhooks): if not, it is made anew.</summary>
    private static async Task SubscribeAsync(
        WebhooksClient webhooks, Uri address, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        if ((await webhooks.SubscribeAsync(address, settings, cancellationToken)).Disabled == true)
        {
            await webhooks.UnsubscribeAsync(address, cancellationToken);
            await webhooks.SubscribeAsync(address, settings, cancellationToken);
        }
    }

    private static bool IsBelow(string? destination, string address) =>
        destination is not null && destination.Length > address.Length && destination.StartsWith(address, StringComparison.OrdinalIgnoreCase);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The hook subscription of account {AccountId} was {Was}; it is now: {Settings}")]
        public static partial void Subscribed(ILogger logger, long accountId, string was, string settings);

        [LoggerMessage(3, LogLevel.Warning, "Kommo refused to subscribe account {AccountId} to all that has handlers; these are left out: {Settings}. {Error}")]
        public static partial void Refused(ILogger logger, long accountId, string settings, string error);

        [LoggerMessage(2, LogLevel.Information, "Account {AccountId} had a hook subscription with a token of another key; it is removed")]
        public static partial void Unsubscribed(ILogger logger, long accountId);
    }
}
