namespace Kommo;

/// <summary>Kommo blocks this address or account (403 with an HTML page), as it does after repeated excess. Stop calling: every further call prolongs it (Kommo: Limitations).</summary>
public sealed class KommoBlockedException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoBlockedException(KommoFailure failure)
        : base(failure, "blocked by Kommo", KommoErrorCategory.Blocked, RequestFate.Refused)
    {
    }
}
