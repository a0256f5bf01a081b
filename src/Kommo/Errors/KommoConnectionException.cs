namespace Kommo;

/// <summary>
/// No answer came: no connection (nothing was sent), or the connection or the time ran out before the whole answer
/// was there (Kommo may have acted).
/// </summary>
public sealed class KommoConnectionException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoConnectionException(KommoFailure failure, RequestFate fate, Exception? inner = null)
        : base(failure, fate == RequestFate.NotSent ? "Kommo was not reached" : "the answer was lost", KommoErrorCategory.Transient, fate, inner)
    {
    }
}
