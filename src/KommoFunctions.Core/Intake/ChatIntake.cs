using KommoFunctions.Messaging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Intake;

/// <summary>
/// Takes in a hook of the Chats API. Kommo sends it once, waits five seconds and takes only 200 for success (Kommo: Chats API, webhooks).
/// </summary>
public sealed class ChatIntake
{
    /// <summary>What the name of a scope is made of: the channel's id and the account's, joined.</summary>
    private const int LongestScope = 200;

    private readonly IntegrationKeys _integration;
    private readonly IntakePath _path;
    private readonly IntakeOptions _options;

    internal ChatIntake(IntegrationKeys integration, IntakePath path, IOptions<IntakeOptions> options)
    {
        _integration = integration;
        _path = path;
        _options = options.Value;
    }

    /// <summary>Takes in what was posted to <c>/api/chats/{scopeId}</c>.</summary>
    /// <param name="scopeId">The scope, which Kommo puts where the registered address says <c>:scope_id</c>.</param>
    /// <param name="signature">The header <c>X-Signature</c>.</param>
    /// <param name="body">The body, unread.</param>
    /// <param name="contentLength">What the request says of the body's length, if it does.</param>
    /// <param name="cancellationToken">Ends the work when the caller is gone.</param>
    /// <returns>
    /// 200 when the hook is in the queue; 401 when the channel's secret did not sign the body;
    /// 408 when the body did not come; 413; 503 when it could not be stored.
    /// </returns>
    public Task<IntakeResult> ReceiveAsync(
        string scopeId, string? signature, Stream body, long? contentLength, CancellationToken cancellationToken = default) => _path.AnswerAsync(
        _options.ChatDeadline,
        deadline => !HexSignature.HasFormOfBody(signature) || !IsScope(scopeId)
            ? Task.FromResult(IntakeResult.Unauthorized)
            : _path.TakeAsync(
                body,
                contentLength,
                async (content, token) => await _integration.Channel.AcceptsAsync(
                    secrets => HexSignature.IsOfBody(secrets, content.Span, signature), remember: null, token)
                    ? new Arrival(ArrivalKind.Chat, 0, scopeId)
                    : null,
                deadline),
        cancellationToken);

    private static bool IsScope(string scopeId) =>
        scopeId.Length is > 0 and <= LongestScope && scopeId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
