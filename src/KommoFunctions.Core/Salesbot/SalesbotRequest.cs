using System.Text.Json;
using Kommo;

namespace KommoFunctions.Salesbot;

/// <summary>A Salesbot step that waits to be continued (Kommo: Salesbot, <c>widget_request</c>).</summary>
public sealed record SalesbotRequest
{
    /// <summary>The account, as the token says.</summary>
    public required long AccountId { get; init; }

    /// <summary>What the bot talks about, as the token says; null when it does not.</summary>
    public EntityType? EntityType { get; init; }

    /// <summary>Its id.</summary>
    public long? EntityId { get; init; }

    /// <summary>What the bot's author had it send. Kommo does not sign it: it is as trustworthy as what a chat's visitor writes.</summary>
    public JsonElement Data { get; init; }

    /// <summary>Where the bot is continued; give it to <see cref="SalesbotClient.ContinueAsync"/>.</summary>
    public required Uri ReturnUrl { get; init; }
}
