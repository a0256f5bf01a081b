using Azure;
using Azure.Identity;
using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Messaging;

namespace KommoFunctions.Holds;

/// <summary>Finds out whether an account can be worked for, with one request to Kommo at most: for the account itself.</summary>
internal class HoldProbe(AccountSessions sessions, HoldRules rules)
{
    /// <summary>Why it cannot be worked for; null when it can, or is gone: then its work ends in dead letters.</summary>
    /// <exception cref="RequestFailedException">Storage is away.</exception>
    /// <exception cref="AuthenticationFailedException">The vault is away.</exception>
    public virtual async Task<HoldCause?> AskAsync(long accountId, CancellationToken cancellationToken)
    {
        sessions.Forget(accountId);
        try
        {
            var session = await sessions.GetAsync(accountId, cancellationToken);
            await session.Background.Account.GetAsync(cancellationToken: cancellationToken);
            return null;
        }
        catch (PermanentFailureException)
        {
            return null;
        }
        catch (Exception e) when (rules.CauseOf(e, int.MaxValue) is { } cause)
        {
            return cause;
        }
        catch (KommoException e) when (!e.IsTransient)
        {
            // An answer, if not the one asked for: whatever it means, the work finds out by itself.
            return null;
        }
    }
}
