using System.Net;

namespace Kommo;

/// <summary>
/// A request to Kommo failed. Each meaning has its own type; <see cref="Category"/>, <see cref="RetryAfter"/> and
/// <see cref="Fate"/> say what to do without knowing the types. Messages hold no token, no query and nobody's data.
/// </summary>
public abstract class KommoException : Exception
{
    private protected KommoException(KommoFailure failure, string what, KommoErrorCategory category, RequestFate fate, Exception? inner = null)
        : base((failure ?? throw new ArgumentNullException(nameof(failure))).Describe(what), inner)
    {
        Failure = failure;
        Category = category;
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

    /// <summary>What has to happen before the request can succeed.</summary>
    public KommoErrorCategory Category { get; }

    /// <summary>Whether the same request can succeed later without anybody doing anything.</summary>
    public bool IsTransient => Category is KommoErrorCategory.Transient or KommoErrorCategory.Throttled or KommoErrorCategory.Blocked;

    /// <summary>Whether Kommo may have acted on the request.</summary>
    public RequestFate Fate { get; }
}
