namespace Kommo;

/// <summary>There is no such route, entity or account (404).</summary>
public sealed class KommoNotFoundException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoNotFoundException(KommoFailure failure)
        : base(failure, "not found", KommoErrorCategory.Rejected, RequestFate.Refused)
    {
    }
}
