namespace Kommo;

/// <summary>The token's user lacks the right (403 described in JSON).</summary>
public sealed class KommoForbiddenException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoForbiddenException(KommoFailure failure)
        : base(failure, "the right is missing", KommoErrorCategory.Forbidden, RequestFate.Refused)
    {
    }
}
