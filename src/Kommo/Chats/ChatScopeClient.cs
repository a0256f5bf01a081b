using System.Runtime.CompilerServices;

namespace Kommo;

/// <summary>A channel in one account: its chats and messages (Kommo: Chats API).</summary>
public sealed class ChatScopeClient
{
    /// <summary>The most messages that one request reads.</summary>
    public const int MessagesPerRequest = 50;

    private const string Template = "/v2/origin/custom/{id}";
    private readonly KommoConnection _connection;
    private readonly ResourceRoute _scope;

    internal ChatScopeClient(KommoConnection connection, string scopeId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scopeId);
        (_connection, ScopeId) = (connection, scopeId);
        _scope = new(Template, $"/v2/origin/custom/{Uri.EscapeDataString(scopeId)}", "");
    }

    /// <summary>The scope's id.</summary>
    public string ScopeId { get; }

    /// <summary>Creates a chat before there is a message in it. Where there is one of this conversation, Kommo answers with that.</summary>
    /// <param name="chat">The chat and its participant.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<CreatedChat> CreateChatAsync(NewChat chat, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chat);
        var call = _scope.Below("/chats", "").Call(HttpMethod.Post).With(chat, KommoJson.TypeOf<NewChat>());
        var answer = await _connection.SendAsync(call with { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<CreatedChat>());
    }

    /// <summary>
    /// Adds a message: one that a customer sent, or one that a user or a bot sent outside Kommo. Old messages are imported the same way, all
    /// but the last with <see cref="NewChatMessage.Silent"/>.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<SentChatMessage> SendMessageAsync(NewChatMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var call = _scope.Call(HttpMethod.Post).With(new("new_message", message), KommoJson.TypeOf<ChatEvent<NewChatMessage>>());
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<ChatEventAnswer>()).NewMessage ?? throw answer.Unexpected("an answer without the message");
    }

    /// <summary>Changes a message.</summary>
    /// <param name="edit">The message and its new content.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoNotFoundException">There is no such message.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task EditMessageAsync(ChatMessageEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return SayAsync(_scope.Call(HttpMethod.Post).With(new("edit_message", edit), KommoJson.TypeOf<ChatEvent<ChatMessageEdit>>()), cancellationToken);
    }

    /// <summary>Tells how far a message got that a user sent.</summary>
    /// <param name="messageId">The message's id on Kommo's side, from its hook.</param>
    /// <param name="delivery">How far it got.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoNotFoundException">There is no such message.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task SetDeliveryAsync(string messageId, ChatDelivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var call = _scope.CallOne(HttpMethod.Post, messageId, "/delivery_status")
            .With(delivery with { MessageId = messageId }, KommoJson.TypeOf<ChatDelivery>());
        return SayAsync(call, cancellationToken);
    }

    /// <summary>Shows users that a customer is typing.</summary>
    /// <param name="typing">Who types, and where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task ShowTypingAsync(ChatTyping typing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(typing);
        return SayAsync(_scope.Below("/typing", "").Call(HttpMethod.Post).With(typing, KommoJson.TypeOf<ChatTyping>()), cancellationToken);
    }

    /// <summary>Puts a reaction on a message, or takes it away.</summary>
    /// <param name="reaction">The reaction.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="ArgumentException">The reaction names no message.</exception>
    /// <exception cref="KommoNotFoundException">There is no such message.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task ReactAsync(ChatReaction reaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reaction);
        reaction.Require();
        return SayAsync(_scope.Below("/react", "").Call(HttpMethod.Post).With(reaction, KommoJson.TypeOf<ChatReaction>()), cancellationToken);
    }

    /// <summary>Reads messages of a chat, from the newest on as Kommo orders them; none when there is no such chat.</summary>
    /// <param name="conversationId">The chat's id: <see cref="CreatedChat.Id"/>, or from a hook.</param>
    /// <param name="offset">How many messages to pass over.</param>
    /// <param name="limit">How many to read, 1 to 50.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KommoLimitException">The number is outside 1 to 50; nothing was sent.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IReadOnlyList<ChatHistoryMessage>> GetHistoryAsync(
        string conversationId, int offset = 0, int limit = MessagesPerRequest, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        KommoLimitException.Require(limit, 1, MessagesPerRequest, "A page of a chat's history", nameof(limit));
        var query = new QueryString();
        query.Add("limit", limit);
        query.Add("offset", offset);
        var call = _scope.Below("/chats", "").CallOne(HttpMethod.Get, conversationId, "/history") with { NotFoundIsEmpty = true };
        var answer = await _connection.SendAsync(call with { PathAndQuery = call.PathAndQuery + query }, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty ? [] : answer.Read(KommoJson.TypeOf<ChatHistory>()).Messages ?? [];
    }

    /// <summary>Streams the messages of a chat, 50 in a request, each request as it is needed.</summary>
    /// <param name="conversationId">The chat's id: <see cref="CreatedChat.Id"/>, or from a hook.</param>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KommoException">While enumerating: Kommo refused, failed or was not reached.</exception>
    public async IAsyncEnumerable<ChatHistoryMessage> ListHistoryAsync(
        string conversationId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var offset = 0; ; offset += MessagesPerRequest)
        {
            var messages = await GetHistoryAsync(conversationId, offset, MessagesPerRequest, cancellationToken).ConfigureAwait(false);
            foreach (var message in messages)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
            }

            if (messages.Count < MessagesPerRequest)
            {
                yield break;
            }
        }
    }

    /// <summary>Says what is to be: twice is as good as once.</summary>
    private Task<KommoAnswer> SayAsync(KommoCall call, CancellationToken cancellationToken) =>
        _connection.SendAsync(call with { AnswerMayBeEmpty = true, IsRepeatable = true }, cancellationToken);
}
