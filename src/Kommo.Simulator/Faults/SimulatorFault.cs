using System.Text.Json.Serialization;

namespace Kommo.Simulator;

/// <summary>What happens to a request that a fault strikes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>500 with a problem body, and nothing is done.</summary>
    ServerError,

    /// <summary>504 with an HTML body, and nothing is done: fewer records, please (Kommo: Limitations).</summary>
    GatewayTimeout,

    /// <summary>429 with <c>retry_after</c>, and nothing is done.</summary>
    TooManyRequests,

    /// <summary>The HTML 403 of the block, and nothing is done.</summary>
    HtmlForbidden,

    /// <summary>403 with a problem body: no right to it, and nothing is done.</summary>
    Forbidden,

    /// <summary>402 with a problem body: the account is not paid for, and nothing is done (Kommo: HTTP codes).</summary>
    PaymentRequired,

    /// <summary>401 with a problem body, whatever the token, and nothing is done.</summary>
    Unauthorized,

    /// <summary>403 without a body, and nothing is done: not the block's page, and no word of a right.</summary>
    EmptyForbidden,

    /// <summary>302 to another address, and nothing is done.</summary>
    Redirect,

    /// <summary>404 with a web page, as a host answers that is not the account's any more; nothing is done.</summary>
    HtmlNotFound,

    /// <summary>200 with a web page, as something on the way may answer; nothing is done.</summary>
    HtmlSuccess,

    /// <summary>The connection is cut before anything is done.</summary>
    ConnectionReset,

    /// <summary>Everything is done as asked, then the connection is cut before the answer.</summary>
    AnswerLost,

    /// <summary>Nothing is done or answered until the asker leaves or the delay has passed; then the connection is cut.</summary>
    Stall,

    /// <summary>The request is served after the delay.</summary>
    Delay,
}

/// <summary>A fault on demand for the next requests of a route.</summary>
/// <param name="Kind">What happens to them.</param>
/// <param name="Route">
/// The requests to strike: a path, or a method and a path, with <c>*</c> for anything, as <c>POST /api/v4/leads</c> or
/// <c>*/notes</c>. Default all.
/// </param>
/// <param name="Count">How many requests to strike. Default 1.</param>
/// <param name="DelayMilliseconds">How long a delay or stall lasts, in milliseconds. Default one minute.</param>
/// <param name="ItemsAbove">Strikes only writes of more items than this. Default 0: whatever the body holds.</param>
public sealed record SimulatorFault(
    FaultKind Kind, string Route = "*", int Count = 1, int DelayMilliseconds = 60_000, int ItemsAbove = 0);
