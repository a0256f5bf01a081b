using System.Globalization;
using KommoFunctions.Messaging;
using KommoFunctions.Tokens;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Intake;

/// <summary>
/// Takes in the hint that an account removed the integration or revoked its access (Kommo: OAuth 2.0, uninstall). Its signature has no time in
/// it, so whoever saw it once can send it for ever: it is only believed when Kommo refuses the account's tokens.
/// </summary>
public sealed class UninstallIntake
{
    private readonly IntegrationKeys _integration;
    private readonly IntakePath _path;
    private readonly IntakeOptions _options;
    private readonly string _clientId;

    internal UninstallIntake(IntegrationKeys integration, IntakePath path, IOptions<IntakeOptions> options, IOptions<OAuthOptions> oauth)
    {
        _integration = integration;
        _path = path;
        _options = options.Value;
        _clientId = oauth.Value.ClientId;
    }

    /// <summary>Takes in the query of a GET of <c>/api/uninstall</c>.</summary>
    /// <param name="clientUuid">Its <c>client_uuid</c>: the integration's id.</param>
    /// <param name="accountId">Its <c>account_id</c>.</param>
    /// <param name="signature">Its <c>signature</c>.</param>
    /// <param name="cancellationToken">Ends the work when the caller is gone.</param>
    /// <returns>200 when the hint is in the queue; 401 when the integration's secret did not sign it; 503 when it could not be stored.</returns>
    public Task<IntakeResult> ReceiveAsync(
        string? clientUuid, string? accountId, string? signature, CancellationToken cancellationToken = default) => _path.AnswerAsync(
        _options.Deadline,
        async deadline =>
        {
            if (!string.Equals(clientUuid, _clientId, StringComparison.OrdinalIgnoreCase)
                || !long.TryParse(accountId, NumberStyles.None, CultureInfo.InvariantCulture, out var account)
                || !await _integration.IsOfAccountAsync(clientUuid!, account, signature, deadline))
            {
                return IntakeResult.Unauthorized;
            }

            await _path.StoreAsync(new Arrival(ArrivalKind.Uninstall, account), default, deadline);
            return IntakeResult.Accepted;
        },
        cancellationToken);
}
