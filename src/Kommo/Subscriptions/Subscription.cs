namespace Kommo;

/// <summary>Who is told of what happens to an entity (Kommo: Subscriptions).</summary>
public sealed class Subscription : KommoObject
{
    /// <summary>The user's or the group's id.</summary>
    public long SubscriberId { get; set; }

    /// <summary>Whether it is a <c>user</c> or a <c>group</c>.</summary>
    public string? Type { get; set; }
}
