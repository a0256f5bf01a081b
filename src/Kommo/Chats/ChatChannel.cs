namespace Kommo;

/// <summary>
/// A chat channel of yours (Kommo: Chats API). Kommo's support registers it and gives its id and its secret; it takes some days.
/// </summary>
public sealed class ChatChannel
{
    /// <summary>Makes the channel.</summary>
    /// <param name="id">The channel's id.</param>
    /// <param name="secret">The channel's secret, which signs requests and hooks.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public ChatChannel(string id, string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        (Id, Secret) = (id, secret);
    }

    /// <summary>The channel's id.</summary>
    public string Id { get; }

    internal string Secret { get; }

    /// <summary>The id of the channel in one account, once it is connected there.</summary>
    /// <param name="accountId">The account's id in the Chats API: <c>amojo_id</c>.</param>
    public string ScopeOf(string accountId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accountId);
        return $"{Id}_{accountId}";
    }
}
