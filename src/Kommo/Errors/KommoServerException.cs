namespace Kommo;

/// <summary>Kommo failed (5xx other than 504). It may have acted.</summary>
public sealed class KommoServerException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoServerException(KommoFailure failure)
        : base(failure, "Kommo failed", KommoErrorCategory.Transient, RequestFate.Unknown)
    {
    }
}
