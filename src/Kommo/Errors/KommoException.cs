using System.Net;

namespace Kommo;

/// <summary>
/// A request to Kommo failed. Each meaning has its own type; <see cref="IsTransient"/>, <see cref="RetryAfter"/> and
/// <see cref="Fate"/> say what to do without knowing the types. Messages hold no token, no query and nobody's data.
/// </summary>
public abstract class KommoException : Exception
{
    private protected KommoException(KommoFailure failure, string what, bool isTransient, RequestFate fate, Exception? inner = null)
        : base((failure ?? throw new ArgumentNullException(nameof(failure))).Describe(what), inner)
    {
        Failure = failure;
        IsTransient = isTransient;
        Fate = fate;
    }

    /// <summary>The facts of the failed request.</summary>
    public KommoFailure Failure { get; }

    /// <summary>The request's method.</summary>
    public HttpMethod Method => Failure.Method;

    /// <summary>The route without ids, such as <c>/api/v4/leads/{id}</c>.</summary>
    public string RouteTemplate => Failure.RouteTemplate;

    /// <summary>The answer's status; null when there was no answer.</summary>
    public HttpStatusCode? StatusCode => Failure.StatusCode;

    /// <summary>The id that Kommo gave the request; for its support.</summary>
    public string? RequestId => Failure.RequestId;

    /// <summary>What Kommo described, when it answered in JSON.</summary>
    public KommoProblem? Problem => Failure.Problem;

    /// <summary>How long Kommo, or the limiter, asks to wait; null when nobody said.</summary>
    public TimeSpan? RetryAfter => Failure.RetryAfter;

    /// <summary>Whether the same request can succeed later without anybody doing anything.</summary>
    public bool IsTransient { get; }

    /// <summary>Whether Kommo may have acted on the request.</summary>
    public RequestFate Fate { get; }
}
