using System.Text.RegularExpressions;

namespace Kommo;

/// <summary>Runs bots, and continues those that wait for a widget's step (Kommo: Salesbot, <c>widget_request</c> and <c>continue</c>).</summary>
public sealed partial class SalesbotClient
{
    private readonly KommoConnection _connection;

    internal SalesbotClient(KommoConnection connection) => _connection = connection;

    /// <summary>
    /// Continues a bot. Only the path of <paramref name="returnUrl"/> is used, on the account's own host, and only one that continues a bot: the
    /// request that brought it is not signed as a whole, and the access token must not follow it elsewhere.
    /// </summary>
    /// <param name="returnUrl">The <c>return_url</c> of the bot's request.</param>
    /// <param name="continuation">What the bot is given and does next; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when the bot does not wait any more: it was continued before, or stopped.</returns>
    /// <exception cref="ArgumentException">The address continues no bot, or the continuation is against Kommo's limits.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<bool> ContinueAsync(Uri returnUrl, SalesbotContinuation? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(returnUrl);
        var path = returnUrl.IsAbsoluteUri ? returnUrl.AbsolutePath : returnUrl.OriginalString;
        if (!ContinuePath().IsMatch(path))
        {
            throw new ArgumentException("The address continues no bot.", nameof(returnUrl));
        }

        continuation ??= new SalesbotContinuation();
        continuation.Require(nameof(continuation));
        var call = new KommoCall(HttpMethod.Post, "/api/v4/{bot}/{id}/continue/{id}", path) { NotFoundIsEmpty = true, AnswerMayBeEmpty = true }
            .With(continuation, KommoJson.TypeOf<SalesbotContinuation>());
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Status != System.Net.HttpStatusCode.NotFound;
    }

    /// <summary>Starts bots for entities by the older route, which every account has; Kommo runs them later.</summary>
    /// <param name="runs">Which for which, at most 100: leads or contacts.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">None or more than 100 (<see cref="KommoLimitException"/>), or an entity is neither a lead nor a contact.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task RunAsync(IReadOnlyList<BotRun> runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        KommoLimitException.Require(runs.Count, 1, KommoLimits.BotsPerRequest, "A request", nameof(runs));
        var body = runs.Select(run => new BotRunV2(run.BotId, run.EntityId, NumberOf(run.EntityType))).ToArray();
        const string Path = "/api/v2/salesbot/run";
        var call = new KommoCall(HttpMethod.Post, Path, Path) { AnswerMayBeEmpty = true }.With(body, KommoJson.TypeOf<BotRunV2[]>());
        return _connection.SendAsync(call, cancellationToken);
    }

    private static string NumberOf(EntityType type) =>
        type == EntityType.Leads ? "2"
        : type == EntityType.Contacts ? "1"
        : throw new ArgumentException("This route runs bots for leads and contacts.", nameof(type));

    [GeneratedRegex(@"\A/api/v4/(salesbot|marketingbot)/[0-9A-Za-z_-]+/continue/[0-9A-Za-z_-]+/?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ContinuePath();
}
