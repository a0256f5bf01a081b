using System.Collections.Concurrent;
using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Chats;

/// <summary>
/// Finds the account of a chat: the Chats API names it by an id of its own (<c>amojo_id</c>), which Kommo is asked for once and which the
/// account's row keeps.
/// </summary>
internal sealed class ChatAccounts(AccountStore accounts, AccountSessions sessions)
{
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PermanentFailureException">No connected account has this id.</exception>
    /// <exception cref="NotNowException">An account whose id is not known yet could not be asked.</exception>
    public async Task<long> FindAsync(string amojoId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(amojoId, out var known))
        {
            return known;
        }

        var unknown = new List<long>();
        await foreach (var account in accounts.ListAsync(cancellationToken))
        {
            if (string.Equals(account.AmojoId, amojoId, StringComparison.OrdinalIgnoreCase))
            {
                return _known[amojoId] = account.Id;
            }

            if (account.AmojoId is null && account.State.IsConnected())
            {
                unknown.Add(account.Id);
            }
        }

        Exception? notAsked = null;
        foreach (var id in unknown)
        {
            try
            {
                if (await AskAsync(id, amojoId, cancellationToken))
                {
                    return _known[amojoId] = id;
                }
            }
            catch (Exception e) when (e is KommoException or NotNowException)
            {
                notAsked = e;
            }
        }

        throw notAsked is null
            ? new PermanentFailureException(DeadLetterReasons.UnknownAccount, $"No connected account has the chat id {amojoId}.")
            : new NotNowException("An account could not be asked for its chat id.", inner: notAsked);
    }

    private async Task<bool> AskAsync(long id, string amojoId, CancellationToken cancellationToken)
    {
        var kommo = (await sessions.GetAsync(id, cancellationToken)).Kommo;
        if ((await kommo.Account.GetAsync(AccountWith.AmojoId, cancellationToken)).AmojoId is not { Length: > 0 } found)
        {
            return false;
        }

        await accounts.SetAmojoIdAsync(id, found, cancellationToken);
        return string.Equals(found, amojoId, StringComparison.OrdinalIgnoreCase);
    }
}
