using Azure;
using Azure.Identity;
using Kommo;
using KommoFunctions.Accounts;
using KommoFunctions.Failures;

namespace KommoFunctions.Holds;

/// <summary>Checks whether Kommo serves an account, with at most one request: for the account itself.</summary>
internal class HoldProbe(AccountSessions sessions, FailurePolicy policy)
{
    /// <summary>What is wrong with it; null when Kommo serves it, or when it is gone: then its work ends in dead letters.</summary>
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
        catch (Exception e) when (policy.CauseOf(FailureClassifier.Classify(e), int.MaxValue) is { } cause)
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
