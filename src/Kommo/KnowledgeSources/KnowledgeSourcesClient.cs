using Kommo.Http;

namespace Kommo;

/// <summary>
/// What Kommo AI knows: pages, texts, files and the list of products (Kommo: AI sources). An account has at most 100 sources for each use, 10
/// in its trial. The API adds sources; Kommo's interface removes them.
/// </summary>
public sealed class KnowledgeSourcesClient
{
    private static readonly ResourceRoute Sources = new("/api/v2/sources", "");
    private static readonly ResourceRoute ProductImport = new("/api/v2/agent/knowledges/products/import", "");
    private readonly KommoConnection _connection;

    /// <summary>Makes a client for a host of its own, for accounts that have Kommo AI elsewhere than <see cref="KommoClient.KnowledgeSources"/> looks.</summary>
    /// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is that host; it puts the account's token on each request.</param>
    /// <exception cref="ArgumentException">There is no base address, or it is neither https nor loopback.</exception>
    public KnowledgeSourcesClient(HttpClient http) => _connection = new KommoConnection(AccountAddress.Required(http));

    internal KnowledgeSourcesClient(KommoConnection connection) => _connection = connection;

    /// <summary>Adds a web page, with those below it where asked for.</summary>
    /// <param name="source">What to add.</param>
    /// <param name="language">The language of the messages in the answer: <c>en</c>, <c>es</c>, <c>pt</c> or <c>ru</c>; null for English.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoValidationException">Kommo refused it, for example since it is there.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<KnowledgeSource> AddUrlAsync(NewUrlKnowledge source, string? language = null, CancellationToken cancellationToken = default) =>
        AddAsync("/url", source, language, cancellationToken);

    /// <summary>Adds a text.</summary>
    /// <param name="source">What to add.</param>
    /// <param name="language">The language of the messages in the answer: <c>en</c>, <c>es</c>, <c>pt</c> or <c>ru</c>; null for English.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoLimitException">The text is too short or too long; nothing was sent.</exception>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<KnowledgeSource> AddTextAsync(NewTextKnowledge source, string? language = null, CancellationToken cancellationToken = default) =>
        AddAsync("/text", source, language, cancellationToken);

    /// <summary>Adds a file from Kommo's file storage.</summary>
    /// <param name="source">What to add.</param>
    /// <param name="language">The language of the messages in the answer: <c>en</c>, <c>es</c>, <c>pt</c> or <c>ru</c>; null for English.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task<KnowledgeSource> AddFileAsync(NewFileKnowledge source, string? language = null, CancellationToken cancellationToken = default) =>
        AddAsync("/file", source, language, cancellationToken);

    /// <summary>Has Kommo AI read the account's list of products anew; it does so a little later.</summary>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public Task ImportProductsAsync(CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ProductImport.Call(HttpMethod.Post) with { AnswerMayBeEmpty = true, IsRepeatable = true }, cancellationToken);

    private async Task<KnowledgeSource> AddAsync<T>(string below, T source, string? language, CancellationToken cancellationToken)
        where T : NewKnowledge
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Require();
        var call = Sources.Below(below, "").Call(HttpMethod.Post).With(source, KommoJson.TypeOf<T>());
        call = language is null ? call : call with { Header = ("X-Language", language) };
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Read(KommoJson.TypeOf<KnowledgeSource>());
    }
}
