using KommoFunctions.Messaging;
using KommoFunctions.Salesbot;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Intake;

/// <summary>
/// Takes in the request of a Salesbot step (<c>widget_request</c>), which is answered at once and continued later by an
/// <see cref="ISalesbotHandler"/> (Kommo: Salesbot). Its token is signed by the integration's secret; the rest of its body is not.
/// </summary>
public sealed class SalesbotIntake
{
    private readonly IntegrationKeys _integration;
    private readonly IntakePath _path;
    private readonly IntakeOptions _options;
    private readonly TimeProvider _time;

    internal SalesbotIntake(IntegrationKeys integration, IntakePath path, IOptions<IntakeOptions> options, TimeProvider time)
    {
        _integration = integration;
        _path = path;
        _options = options.Value;
        _time = time;
    }

    /// <summary>Takes in what was posted to <c>/api/salesbot</c>.</summary>
    /// <param name="body">The body, unread.</param>
    /// <param name="contentLength">What the request says of the body's length, if it does.</param>
    /// <param name="cancellationToken">Ends the work when the caller is gone.</param>
    /// <returns>
    /// 200 when the request is in the queue; 401 without a token of Kommo's that is valid now;
    /// 408 when the body did not come; 413; 503 when it could not be stored.
    /// </returns>
    public Task<IntakeResult> ReceiveAsync(Stream body, long? contentLength, CancellationToken cancellationToken = default) =>
        _path.AnswerAsync(_options.Deadline, deadline => _path.TakeAsync(body, contentLength, CheckAsync, deadline), cancellationToken);

    private async ValueTask<Arrival?> CheckAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SalesbotToken.Find(body) is { } text
        && SalesbotToken.TryParse(text, _time.GetUtcNow(), out var token)
        && await _integration.Client.AcceptsAsync(token.IsSigned, remember: null, cancellationToken)
            ? new Arrival(ArrivalKind.Salesbot, token.Claims.AccountId)
            : null;
}
