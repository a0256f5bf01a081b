namespace Kommo;

/// <summary>Kommo took too long (504): send fewer entities in one request. It may have acted (Kommo: Limitations).</summary>
public sealed class KommoGatewayTimeoutException : KommoException
{
    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoGatewayTimeoutException(KommoFailure failure)
        : base(failure, "Kommo took too long; send fewer entities", KommoErrorCategory.Transient, RequestFate.Unknown)
    {
    }
}
