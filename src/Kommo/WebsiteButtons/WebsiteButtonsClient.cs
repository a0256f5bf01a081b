namespace Kommo;

/// <summary>Website buttons, also called CRM plugins (Kommo: Website buttons). Kommo makes and changes them a little after the answer.</summary>
public sealed class WebsiteButtonsClient : ReadableResource<WebsiteButton, WebsiteButtonQuery>
{
    internal WebsiteButtonsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/website_buttons", "website_buttons"))
    {
    }

    /// <summary>Reads one button; null when there is none of this source.</summary>
    /// <param name="sourceId">The source that it is.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<WebsiteButton?> GetAsync(
        long sourceId, WebsiteButtonWith with = WebsiteButtonWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, sourceId), QueryString.With(with), cancellationToken);

    /// <summary>Creates a button.</summary>
    /// <param name="button">What to create.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">More than 10 trusted websites; nothing was sent.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<CreatedWebsiteButton> CreateAsync(NewWebsiteButton button, CancellationToken cancellationToken = default) =>
        WriteOneAsync<NewWebsiteButton, CreatedWebsiteButton>(Route.Call(HttpMethod.Post), button, cancellationToken);

    /// <summary>Adds the online chat to a button.</summary>
    /// <param name="sourceId">The source that the button is.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task AddOnlineChatAsync(long sourceId, CancellationToken cancellationToken = default) =>
        Connection.SendAsync(Route.CallOne(HttpMethod.Post, sourceId, "/online_chat") with { AnswerMayBeEmpty = true }, cancellationToken);

    /// <summary>Changes a button.</summary>
    /// <param name="sourceId">The source that it is.</param>
    /// <param name="update">The change.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">More than 10 trusted websites; nothing was sent.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<WebsiteButton> UpdateAsync(long sourceId, WebsiteButtonUpdate update, CancellationToken cancellationToken = default) =>
        WriteOneAsync<WebsiteButtonUpdate, WebsiteButton>(Route.CallOne(HttpMethod.Patch, sourceId), update, cancellationToken);
}
