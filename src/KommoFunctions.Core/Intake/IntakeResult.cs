namespace KommoFunctions.Intake;

/// <summary>The answer to a hook: a status and a short text that says nothing of the inside.</summary>
/// <param name="StatusCode">The HTTP status code.</param>
/// <param name="Text">The body, plain text.</param>
public sealed record IntakeResult(int StatusCode, string Text)
{
    internal static readonly IntakeResult Accepted = new(200, "queued");
    internal static readonly IntakeResult Unauthorized = new(401, "unknown address");
    internal static readonly IntakeResult TooLarge = new(413, "body too large");
    internal static readonly IntakeResult Incomplete = new(408, "body not received");
    internal static readonly IntakeResult Unavailable = new(503, "try again later");
}
