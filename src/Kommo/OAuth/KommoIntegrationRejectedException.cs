namespace Kommo.OAuth;

/// <summary>
/// The token endpoint refused the request for something that is not the token's fault (400 or 401 described in JSON): a wrong id or secret of the
/// integration, a wrong redirect address, a request to the wrong host. Keep the tokens: they are as good as they were.
/// </summary>
public sealed class KommoIntegrationRejectedException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoIntegrationRejectedException(KommoFailure failure)
        : base(failure, "the integration was rejected; check its id, secret and redirect address", KommoErrorCategory.IntegrationRejected, RequestFate.Refused)
    {
    }

    /// <summary>What Kommo said of it: its hint, such as <c>Check the `redirect_uri` parameter</c>, else its title.</summary>
    public string? Reason => Problem?.Hint ?? Problem?.Title;
}
