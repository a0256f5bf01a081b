using System.Globalization;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// What tells an event that one of our writes caused from all others: what was made has an id that nothing else has; what was changed has its id and
/// the second of the change, which Kommo names in its answer and again in the hook.
/// </summary>
/// <param name="Key">The entity, with the time for a change.</param>
/// <param name="Actions">The actions, as hooks name them, that the write causes.</param>
internal sealed record WriteTrace(string Key, IReadOnlyList<string> Actions)
{
    public static WriteTrace OfMade(long id, string action) => new(string.Create(CultureInfo.InvariantCulture, $"{id}"), [action]);

    /// <summary>Of what is made by a lane that makes things of several kinds, whose ids may be the same.</summary>
    public static WriteTrace OfMade(string kind, long id, string action) => new(string.Create(CultureInfo.InvariantCulture, $"{kind}-{id}"), [action]);

    public static WriteTrace OfChanged(long id, DateTimeOffset at, params IReadOnlyList<string> actions) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{id}-{at.ToUnixTimeSeconds()}"), actions);
}
