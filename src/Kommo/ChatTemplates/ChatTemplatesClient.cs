namespace Kommo;

/// <summary>Templates of messages and their reviews (Kommo: Chat templates).</summary>
public sealed class ChatTemplatesClient
    : EditableResource<ChatTemplate, ChatTemplateQuery, NewChatTemplate, ChatTemplate, ChatTemplateUpdate, ChatTemplate>
{
    internal ChatTemplatesClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/chats/templates", "chat_templates"))
    {
    }

    /// <summary>Reads one template; null when there is none of this id.</summary>
    /// <param name="id">The template's id.</param>
    /// <param name="with">What to show besides the basics.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<ChatTemplate?> GetAsync(long id, ChatTemplateWith with = ChatTemplateWith.None, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), QueryString.With(with), cancellationToken);

    /// <summary>Deletes a template; false when there is none of this id.</summary>
    /// <param name="id">The template's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        DeleteOneAsync(Route.CallOne(HttpMethod.Delete, id), cancellationToken);

    /// <summary>Deletes up to 250 templates in one request; false when Kommo knows none of them.</summary>
    /// <param name="ids">The templates' ids; nothing is sent for none.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">More than 250; nothing was sent.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<bool> DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        KommoLimitException.RequireAtMost(ids.Count, KommoLimits.EntitiesPerRequest, "templates in one request", nameof(ids));
        return ids.Count > 0
            && await DeleteOneAsync(Route.Call(HttpMethod.Delete).WithIds(ids), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a WhatsApp template to be reviewed.</summary>
    /// <param name="id">The template's id.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>One review for each source that reviews.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IReadOnlyList<ChatTemplateReview>> SendForReviewAsync(long id, CancellationToken cancellationToken = default)
    {
        var answer = await Connection.SendAsync(Route.CallOne(HttpMethod.Post, id, "/review"), cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? [] : answer.ReadPage("reviews", KommoJson.TypeOf<ChatTemplateReview>()).Items;
    }

    /// <summary>Tells Kommo what a messenger decided on a template; for integrations that are a messenger's.</summary>
    /// <param name="id">The template's id.</param>
    /// <param name="reviewId">The review's id.</param>
    /// <param name="status">What was decided.</param>
    /// <param name="rejectReason">Why it was rejected; only with <see cref="ChatTemplateReviewStatus.Rejected"/>.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<ChatTemplateReview> SetReviewAsync(
        long id, long reviewId, ChatTemplateReviewStatus status, string? rejectReason = null, CancellationToken cancellationToken = default)
    {
        var review = Route.BelowOne(id, "/review", "reviews");
        var call = review.CallOne(HttpMethod.Post, reviewId)
            .With(new ChatTemplateDecision(status, rejectReason), KommoJson.TypeOf<ChatTemplateDecision>());
        var answer = await Connection.SendAsync(call with { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<ChatTemplateReview>());
    }
}
