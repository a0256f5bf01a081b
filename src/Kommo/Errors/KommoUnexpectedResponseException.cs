namespace Kommo;

/// <summary>
/// An answer that is not the API's own, or that this library cannot use: a redirect, a web page, an empty refusal, a refusal because the request is too
/// large, too early or too slow, a server that is not the account's, a success without the expected JSON, an unlisted status.
/// </summary>
public sealed class KommoUnexpectedResponseException : KommoException
{
    /// <summary>Makes the exception from the facts of the request and of its answer.</summary>
    /// <param name="failure">The facts.</param>
    /// <param name="what">What is unexpected; goes into the message, so it must not hold anything from the answer.</param>
    /// <param name="category">What it means: <see cref="KommoErrorCategory.Transient"/> where the same request may be answered properly later.</param>
    /// <param name="fate">Whether Kommo may have acted.</param>
    /// <param name="inner">Why the answer could not be read.</param>
    public KommoUnexpectedResponseException(
        KommoFailure failure, string what, KommoErrorCategory category, RequestFate fate, Exception? inner = null)
        : base(failure, what, category, fate, inner)
    {
    }
}
