using Kommo.Http;

namespace Kommo;

/// <summary>
/// The Chats API: a messenger's channel in Kommo, on a host of its own and signed with the channel's secret rather than sent with a token
/// (Kommo: Chats API). Safe for concurrent use; owns nothing.
/// </summary>
public sealed class KommoChatsClient
{
    private static readonly ResourceRoute Origin = new("/v2/origin/custom", "");
    private readonly KommoConnection _connection;
    private readonly ChatChannel _channel;

    /// <summary>
    /// Makes a client over <paramref name="http"/>, whose <see cref="HttpClient.BaseAddress"/> is the Chats API's host and which adds no
    /// token; <see cref="KommoPipeline.CreateClient"/> makes a suitable one. Signatures are made once per call, so that its repetitions must
    /// all be sent within 15 minutes.
    /// </summary>
    /// <param name="http">Reaches the Chats API.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="timeProvider">The clock of the signatures; null for the system's.</param>
    /// <exception cref="ArgumentException">There is no base address, or it is neither https nor loopback.</exception>
    public KommoChatsClient(HttpClient http, ChatChannel channel, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(channel);
        _channel = channel;
        _connection = new KommoConnection(AccountAddress.Required(http), new ChatSignature(channel.Secret, timeProvider ?? TimeProvider.System));
    }

    /// <summary>The host of accounts at kommo.com; those at amocrm.ru have <c>https://amojo.amocrm.ru/</c>.</summary>
    public static Uri DefaultHost { get; } = new("https://amojo.kommo.com/");

    /// <summary>Makes a client with everything that it needs, as <see cref="KommoClient.Create"/> does.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="host">The Chats API's host; null for <see cref="DefaultHost"/>.</param>
    /// <exception cref="ArgumentException">The host is neither https nor loopback, or is more than a host.</exception>
    public static KommoChatsClient Create(ChatChannel channel, Uri? host = null) => new(KommoClient.CreateHttp(host ?? DefaultHost, tokens: null), channel);

    /// <summary>The channel in one account: its chats and messages.</summary>
    /// <param name="scopeId">The scope's id: <see cref="ChatConnection.ScopeId"/>, or <see cref="ChatChannel.ScopeOf"/>.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public ChatScopeClient Scope(string scopeId) => new(_connection, scopeId);

    /// <summary>Connects the channel to an account. To be done again after each installation of the integration.</summary>
    /// <param name="connection">The account, and how the channel is shown in it.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoForbiddenException">The signature is wrong: the secret, or this machine's clock.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<ChatConnection> ConnectAsync(NewChatConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var call = Origin.CallOne(HttpMethod.Post, _channel.Id, "/connect").With(connection, KommoJson.TypeOf<NewChatConnection>());
        var answer = await _connection.SendAsync(call with { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<ChatConnection>());
    }

    /// <summary>Disconnects the channel from an account; its hooks stop. False when Kommo knows no such connection.</summary>
    /// <param name="accountId">The account's id in the Chats API: <c>amojo_id</c>.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoForbiddenException">The signature is wrong.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<bool> DisconnectAsync(string accountId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accountId);
        var call = Origin.CallOne(HttpMethod.Delete, _channel.Id, "/disconnect").With(new(accountId), KommoJson.TypeOf<ChatDisconnection>());
        call = call with { NotFoundIsEmpty = true, AnswerMayBeEmpty = true };
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Status != System.Net.HttpStatusCode.NotFound;
    }
}
