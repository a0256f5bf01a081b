using System.Net;

namespace Kommo;

/// <summary>
/// Webhook subscriptions (Kommo: Webhooks): an administrator's token and a paid plan are needed; at most 100 per account.
/// </summary>
public sealed class WebhooksClient
{
    private const string Path = "/api/v4/webhooks";
    private readonly KommoConnection _connection;

    internal WebhooksClient(KommoConnection connection) => _connection = connection;

    /// <summary>Reads the subscriptions, all in one request.</summary>
    /// <param name="destination">Only the one of this destination; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IReadOnlyList<WebhookSubscription>> ListAsync(Uri? destination = null, CancellationToken cancellationToken = default)
    {
        var query = new QueryString();
        query.Add("filter[destination]", destination?.AbsoluteUri);
        var answer = await _connection.SendAsync(new KommoCall(HttpMethod.Get, Path, Path + query), cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? [] : answer.ReadPage("webhooks", KommoJson.TypeOf<WebhookSubscription>()).Items;
    }

    /// <summary>
    /// Subscribes a destination, or changes its subscription. Kommo does not say whether the settings replace or join
    /// those of before, so always send the full set.
    /// </summary>
    /// <param name="destination">Where hooks go: absolute, with a public host name that is not Cyrillic.</param>
    /// <param name="settings">The events, by the names of <see cref="Kommo.Webhooks.WebhookSettings"/>.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">The destination is relative, or there are no settings.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<WebhookSubscription> SubscribeAsync(
        Uri destination, IReadOnlyCollection<string> settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfZero(settings.Count, nameof(settings));
        var body = new WebhookDestination(Absolute(destination), settings);
        var call = new KommoCall(HttpMethod.Post, Path, Path).With(body, WireJsonContext.Default.WebhookDestination);
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<WebhookSubscription>());
    }

    /// <summary>Unsubscribes a destination.</summary>
    /// <param name="destination">Exactly the URL that was subscribed.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>False when Kommo knows no such destination.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<bool> UnsubscribeAsync(Uri destination, CancellationToken cancellationToken = default)
    {
        var body = new WebhookDestination(Absolute(destination));
        var call = new KommoCall(HttpMethod.Delete, Path, Path).With(body, WireJsonContext.Default.WebhookDestination);
        var answer = await _connection.SendAsync(call with { NotFoundIsEmpty = true }, cancellationToken).ConfigureAwait(false);
        return answer.Status != HttpStatusCode.NotFound;
    }

    private static string Absolute(Uri destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return destination.IsAbsoluteUri
            ? destination.AbsoluteUri
            : throw new ArgumentException("A destination is an absolute URL.", nameof(destination));
    }
}
