using System.Globalization;
using Azure;
using KommoFunctions.Messaging;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Intake;

/// <summary>
/// Takes a hook in: checks the address, reads the body, puts it into the queue, and only then says 200. Nothing is parsed here: a body that is
/// no hook is found out behind the queue, since a hundred bad answers in two hours switch the subscription off (Kommo: Webhooks, delivery).
/// </summary>
public sealed class WebhookIntake
{
    private readonly HookKeyRing _keys;
    private readonly IntegrationKeys _integration;
    private readonly IntakePath _path;
    private readonly IntakeOptions _options;
    private readonly string _clientId;

    internal WebhookIntake(
        HookKeyRing keys, IntegrationKeys integration, IntakePath path, IOptions<IntakeOptions> options, IOptions<OAuthOptions> oauth)
    {
        _keys = keys;
        _integration = integration;
        _path = path;
        _options = options.Value;
        _clientId = oauth.Value.ClientId;
    }

    /// <summary>Takes in what was posted to <c>/api/hooks/{accountId}/{token}</c>.</summary>
    /// <param name="accountId">The account id of the address.</param>
    /// <param name="token">The token of the address.</param>
    /// <param name="body">The body, unread.</param>
    /// <param name="contentLength">What the request says of the body's length, if it does.</param>
    /// <param name="signature">The signature that the hook carries, if it does; looked at when <see cref="IntakeOptions.RequireSignature"/> is set.</param>
    /// <param name="cancellationToken">Ends the work when the caller is gone.</param>
    /// <returns>
    /// 200 when the hook is in the queue; 401 for an address that is none of ours; 413 for a body above
    /// <see cref="IntakeOptions.MaxBodyBytes"/>; 503 when it could not be stored, so that Kommo tries again.
    /// </returns>
    public Task<IntakeResult> ReceiveAsync(
        string accountId,
        string token,
        Stream body,
        long? contentLength,
        string? signature = null,
        CancellationToken cancellationToken = default) => _path.AnswerAsync(
        _options.Deadline,
        async deadline =>
        {
            if (!long.TryParse(accountId, NumberStyles.None, CultureInfo.InvariantCulture, out var account)
                || !await IsOursAsync(account, token, deadline)
                || !await IsSignedAsync(account, signature, deadline))
            {
                return IntakeResult.Unauthorized;
            }

            var arrival = new Arrival(ArrivalKind.Webhook, account);
            return await _path.TakeAsync(body, contentLength, arrival, deadline);
        },
        cancellationToken);

    /// <summary>
    /// Does all that a hook needs, short of putting one into the queue: reads the keys, checks a token, packs a body, and opens the connection to
    /// the queue. A host that can should end it before it lets hooks in.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage or the vault cannot be reached.</exception>
    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        var keys = _keys.WarmUpAsync(cancellationToken);
        HookToken.Verify(new byte[32], 0, new string('A', 43));
        await _path.WarmUpAsync(cancellationToken);
        await keys;
    }

    private async ValueTask<bool> IsOursAsync(long accountId, string token, CancellationToken cancellationToken) =>
        HookToken.HasForm(token)
        && await _keys.AcceptsAsync(
            keys => HookToken.Verify(keys, accountId, token), string.Create(CultureInfo.InvariantCulture, $"{accountId}/{token}"), cancellationToken);

    private async ValueTask<bool> IsSignedAsync(long accountId, string? signature, CancellationToken cancellationToken) =>
        !_options.RequireSignature || await _integration.IsOfAccountAsync(_clientId, accountId, signature, cancellationToken);
}
