namespace KommoFunctions.Local.App;

/// <summary>
/// Who may call a route: metadata of its endpoint. Nobody is turned away on this machine; the Functions host does that, and the tests hold the
/// functions' authorization levels to what is said here.
/// </summary>
internal enum Callers
{
    /// <summary>Kommo and browsers, which have no key (<c>Anonymous</c>): the route checks a token, a signature or a state itself.</summary>
    Anybody,

    /// <summary>Whoever has a function key (<c>Function</c>).</summary>
    Operators,
}
