using System.Net;

namespace Kommo;

/// <summary>Talks (Kommo: Talks). The list, the messages and sending came in 2026, and sending is a paid option.</summary>
public sealed class TalksClient : ReadableResource<Talk, TalkQuery>
{
    internal TalksClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/talks", "talks"))
    {
    }

    /// <summary>The messages of one talk.</summary>
    /// <param name="talkId">The talk's id.</param>
    public TalkMessagesClient Messages(long talkId) => new(Connection, Route.BelowOne(talkId, "/messages", "messages"));

    /// <summary>Reads one talk; null when there is none of this id.</summary>
    /// <param name="id">The talk's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<Talk?> GetAsync(long id, CancellationToken cancellationToken = default) =>
        ReadOneAsync(Route.CallOne(HttpMethod.Get, id), null, cancellationToken);

    /// <summary>Closes a talk; false when there is none of this id.</summary>
    /// <param name="id">The talk's id.</param>
    /// <param name="force">True closes at once; false lets the bot ask for a rating first, where one is set up.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<bool> CloseAsync(long id, bool force = false, CancellationToken cancellationToken = default)
    {
        var call = Route.CallOne(HttpMethod.Post, id, "/close").With(new TalkClosing(force), KommoJson.TypeOf<TalkClosing>());
        var answer = await Connection
            .SendAsync(call with { NotFoundIsEmpty = true, AnswerMayBeEmpty = true, IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.Status != HttpStatusCode.NotFound;
    }

    /// <summary>Sends a text to the customer by the talk's own channel.</summary>
    /// <param name="id">The talk's id.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoPaymentRequiredException">The account has no such option, or used it up.</exception>
    /// <exception cref="KommoValidationException">The talk is closed.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<SentTalkMessage> SendMessageAsync(long id, string text, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var call = Route.CallOne(HttpMethod.Post, id, "/send_message").With(new TalkText(text), KommoJson.TypeOf<TalkText>());
        var answer = await Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<SentTalkMessage>());
    }
}
