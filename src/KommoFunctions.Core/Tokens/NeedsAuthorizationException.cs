using System.Globalization;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Tokens;

/// <summary>The account has no token that works: an administrator has to connect it again, and its work waits for that.</summary>
internal sealed class NeedsAuthorizationException(long accountId, Exception? inner = null) : NotNowException(
    string.Create(CultureInfo.InvariantCulture, $"Account {accountId} has to be connected again by an administrator."), UntilAuthorized, inner)
{
    /// <summary>How long a message waits before its account is looked at again.</summary>
    private static readonly TimeSpan UntilAuthorized = TimeSpan.FromMinutes(10);

    /// <summary>The account.</summary>
    public long AccountId { get; } = accountId;
}
