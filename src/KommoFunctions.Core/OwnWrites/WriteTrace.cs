using System.Globalization;
using Kommo.Webhooks;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// What tells an event that one of our writes caused from all others: what was made has an id that nothing else has; what was changed has its id and
/// the second of the change, which Kommo names in its answer and again in the hook, and shows the values that were written.
/// </summary>
/// <param name="Key">The entity, with the time for a change.</param>
/// <param name="Actions">The actions, as hooks name them, that the write causes.</param>
internal sealed record WriteTrace(string Key, IReadOnlyList<string> Actions)
{
    /// <summary>Of a change that was written: its values.</summary>
    public WrittenValues? Written { get; init; }

    /// <summary>Of an event that tells of a change: all that it shows.</summary>
    public WebhookFields? Shown { get; init; }

    public static WriteTrace OfMade(long id, string action) => new(string.Create(CultureInfo.InvariantCulture, $"{id}"), [action]);

    /// <summary>Of what is made by a lane that makes things of several kinds, whose ids may be the same.</summary>
    public static WriteTrace OfMade(string kind, long id, string action) => new(string.Create(CultureInfo.InvariantCulture, $"{kind}-{id}"), [action]);

    /// <summary>Of a change that we made.</summary>
    public static WriteTrace OfChanged(long id, DateTimeOffset at, IReadOnlyList<string> actions, WrittenValues written) =>
        new(KeyOfChanged(id, at), actions) { Written = written };

    /// <summary>That a change must have left to have caused the event.</summary>
    public static WriteTrace ThatCaused(WebhookEvent e, long id, DateTimeOffset at) => new(KeyOfChanged(id, at), [e.Action]) { Shown = e.Fields };

    private static string KeyOfChanged(long id, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{id}-{at.ToUnixTimeSeconds()}");
}
