namespace Kommo.OAuth;

/// <summary>
/// Kommo refused the code or the refresh token (400 or 401 described in JSON): the account must be authorised again.
/// Look first whether another process has refreshed meanwhile: spending a refresh token twice ends in the same answer.
/// </summary>
public sealed class KommoGrantRejectedException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoGrantRejectedException(KommoFailure failure)
        : base(failure, "the grant was rejected", KommoErrorCategory.Unauthorized, RequestFate.Refused)
    {
    }

    /// <summary>Kommo's reason, such as <c>Token has been revoked</c>.</summary>
    public string? Hint => Problem?.Hint;
}
