using System.Text.Json.Nodes;
using Kommo.Http;
using Kommo.OAuth;
using Kommo.Tests.Support;

namespace Kommo.Tests.OAuth;

/// <summary>What the token endpoint refuses, as integrators have recorded it in both languages, and what that costs.</summary>
public sealed class RefusalTests
{
    private const string RussianRequest = "В запросе отсутствует ряд параметров или параметры невалидны";
    private const string EnglishRequest = "The request is missing a required parameter, includes an invalid parameter value, or is otherwise malformed.";
    private const string GrantDetail =
        "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, "
        + "does not match the redirection URI used in the authorization request, or was issued to another client.";

    /// <summary>The grant itself: status, title, detail, hint, error.</summary>
    public static TheoryData<int, string?, string?, string?, string?> OfTheGrant => new()
    {
        { 401, "Некорректный запрос", RussianRequest, "Token has been revoked", null },
        { 401, "Некорректный запрос", RussianRequest, "Token has expired", null },
        { 401, "Некорректный запрос", RussianRequest, "Cannot decrypt the refresh token", null },
        { 400, "Некорректный запрос", RussianRequest, "Authorization code has expired", null },
        { 400, "Некорректный запрос", RussianRequest, "Authorization code has been revoked", null },
        { 400, "Некорректный запрос", RussianRequest, "Cannot decrypt the authorization code", null },
        { 401, "Некорректный запрос", RussianRequest, "Токен был отозван", null },
        { 401, "Некорректный запрос", RussianRequest, "Срок действия токена истёк", null },
        { 401, "Invalid request", EnglishRequest, "Token has been revoked", null },
        { 400, "Bad Request", EnglishRequest, "Token has been revoked", null },
        { 401, "Solicitud no válida", null, "El token ha sido revocado", null },
        { 401, "Solicitação inválida", null, "O token foi revogado", null },
        { 401, "Unauthorized", "The refresh token is invalid.", null, null },
        { 400, null, GrantDetail, null, "invalid_grant" },
        { 400, null, GrantDetail, "Token has been revoked", "invalid_grant" },
    };

    /// <summary>The integration, the request, or nobody knows what.</summary>
    public static TheoryData<int, string?, string?, string?, string?> OfSomethingElse => new()
    {
        { 401, "Некорректный клиент", "Авторизация клиента не прошла", null, null },
        { 401, "Invalid client", "Client authentication failed", null, null },
        { 400, "Некорректный запрос", RussianRequest, "Check the `client_id` parameter", null },
        { 400, "Некорректный запрос", RussianRequest, "Check the redirect_uri parameter", null },
        { 400, "Некорректный запрос", RussianRequest, "Check the `refresh_token` parameter", null },
        { 400, "Некорректный запрос", RussianRequest, "Check the `grant_type` parameter", null },
        { 400, "Некорректный запрос", RussianRequest, "Send request to account", null },
        { 400, "Некорректный запрос", RussianRequest, null, null },
        { 401, "Некорректный запрос", RussianRequest, "Token is not linked to client", null },
        { 400, "Invalid request", EnglishRequest, "Check the `client_id` parameter", null },
        { 400, "Invalid request", EnglishRequest, "Check the `refresh_token` parameter", null },
        { 400, "Invalid request", EnglishRequest, "Authorization code was not issued to this client", null },
        { 400, "Invalid request", EnglishRequest, "Invalid redirect URI", null },
        { 400, "Invalid request", GrantDetail, null, null },
        { 401, "Unauthorized", null, null, null },
        { 401, null, null, "", null },
        { 401, null, "Client authentication failed", null, "invalid_client" },
        { 400, null, null, "Token has been revoked", "unauthorized_client" },
        { 400, null, EnglishRequest, null, "invalid_request" },
        { 400, null, null, null, "unsupported_grant_type" },
        { 400, null, null, null, "something new about a token" },
    };

    [Theory]
    [MemberData(nameof(OfTheGrant))]
    public async Task A_refusal_that_speaks_of_the_grant_rejects_it(int status, string? title, string? detail, string? hint, string? error)
    {
        var e = await RefreshAsync(status, title, detail, hint, error);

        Assert.Equal((hint, false), (Assert.IsType<KommoGrantRejectedException>(e).Hint, e.IsTransient));
    }

    [Theory]
    [MemberData(nameof(OfSomethingElse))]
    public async Task Any_other_refusal_is_the_integrations_trouble(int status, string? title, string? detail, string? hint, string? error)
    {
        var e = await RefreshAsync(status, title, detail, hint, error);

        Assert.Equal((hint ?? title, RequestFate.Refused), (Assert.IsType<KommoIntegrationRejectedException>(e).Reason, e.Fate));
    }

    private static async Task<KommoException> RefreshAsync(int status, string? title, string? detail, string? hint, string? error)
    {
        var body = new JsonObject { ["type"] = "https://developers.amocrm.ru/v3/errors/OAuthProblemJson", ["status"] = status };
        foreach (var (name, value) in new[] { ("title", title), ("detail", detail), ("hint", hint), ("error", error) })
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }

        await using var server = await KommoServer.StartAsync(Answer.Problem(status, body.ToJsonString()));
        var client = new KommoOAuthClient(
            new HttpClient(KommoPipeline.CreateTransport()) { BaseAddress = server.Address }, new OAuthCredentials("id", "s3cret", "https://h/cb"));
        return await Assert.ThrowsAnyAsync<KommoException>(() => client.RefreshAsync("old"));
    }
}
