namespace Kommo;

/// <summary>Puts a signature on requests to a host that asks for one instead of a token.</summary>
internal interface IRequestSigner
{
    /// <param name="request">The request as it goes out.</param>
    /// <param name="body">Exactly the bytes of its body; empty for none.</param>
    void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body);
}
