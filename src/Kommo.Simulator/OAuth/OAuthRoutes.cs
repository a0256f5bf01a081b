using System.Net;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.OAuth;

/// <summary>The consent page, the token endpoint and the look-up of a renamed account (Kommo: OAuth 2.0).</summary>
internal sealed class OAuthRoutes(KommoSimulatorOptions options, TokenStore tokens)
{
    public const string TokenPath = "/oauth2/access_token";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/oauth", (RequestDelegate)ConsentAsync);
        routes.MapGet("/oauth/decision", (RequestDelegate)DecideAsync);
        routes.MapPost(TokenPath, (RequestDelegate)(async http =>
        {
            (Reply reply, SimulatedTokenPair? issued) = Grant(await http.ReadJsonAsync() as JsonObject ?? []);
            if (issued is not null && options.TokensIssued is { } told)
            {
                await told(issued);
            }

            await http.WriteAsync(reply);
        }));
        routes.MapGet("/oauth2/account/current/subdomain", (RequestDelegate)(http =>
            http.WriteAsync(Subdomain(http.Request.Headers["X-Refresh-Token"].ToString()))));
    }

    private (Reply Reply, SimulatedTokenPair? Issued) Grant(JsonObject body)
    {
        string? Text(string name) => body[name]?.ToString();
        if (Text("client_id") != options.ClientId || Text("client_secret") != options.ClientSecret)
        {
            return (string.IsNullOrEmpty(Text("client_id")) ? Invalid("Check the `client_id` parameter") : WrongClient(), null);
        }

        if (Text("redirect_uri") != options.RedirectUri)
        {
            return (Invalid("Check the redirect_uri parameter"), null);
        }

        return Text("grant_type") switch
        {
            "authorization_code" => FromCode(Text("code")),
            "refresh_token" => FromRefreshToken(Text("refresh_token")),
            _ => (Invalid("Check the `grant_type` parameter"), null),
        };
    }

    private (Reply Reply, SimulatedTokenPair? Issued) FromCode(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return (Invalid("Check the `code` parameter"), null);
        }

        (SimulatedTokenPair? pair, TokenRefusal refusal) = tokens.Exchange(code);
        Reply reply = refusal switch
        {
            TokenRefusal.None => Issued(pair!),
            TokenRefusal.Revoked => Invalid("Authorization code has been revoked"),
            TokenRefusal.Expired => Invalid("Authorization code has expired"),
            _ => Invalid("Cannot decrypt the authorization code"),
        };
        return (reply, pair);
    }

    private (Reply Reply, SimulatedTokenPair? Issued) FromRefreshToken(string? refreshToken)
    {
        if (string.IsNullOrEmpty(refreshToken))
        {
            return (Invalid("Check the `refresh_token` parameter"), null);
        }

        (SimulatedTokenPair? pair, TokenRefusal refusal) = tokens.Refresh(refreshToken);
        return (refusal == TokenRefusal.None ? Issued(pair!) : BadRefreshToken(refusal), pair);
    }

    private Reply Subdomain(string refreshToken)
    {
        TokenRefusal refusal = tokens.CheckRefreshToken(refreshToken);
        return refusal != TokenRefusal.None ? BadRefreshToken(refusal) : Reply.Json(new JsonObject
        {
            ["id"] = options.AccountId,
            ["subdomain"] = options.Subdomain,
            ["domain"] = tokens.Host,
            ["top_level_domain"] = "com",
        });
    }

    private async Task ConsentAsync(HttpContext http)
    {
        if (http.Request.Query["client_id"] != options.ClientId)
        {
            await http.WriteHtmlAsync(400, "<!doctype html><title>Kommo simulator</title><p>No integration has this client_id.</p>");
            return;
        }

        string state = WebUtility.HtmlEncode(http.Request.Query["state"].ToString());
        string form = $"<form action=\"/oauth/decision\"><input type=hidden name=state value=\"{state}\">" +
            "<button name=allow value=1>Allow</button> <button name=allow value=0>Deny</button></form>";
        await http.WriteHtmlAsync(200, "<!doctype html><meta charset=utf-8><title>Kommo simulator: allow access?</title>" +
            $"<h1>Allow access?</h1><p>The integration asks for access to <b>{WebUtility.HtmlEncode(tokens.Host)}</b>.</p>{form}");
    }

    private Task DecideAsync(HttpContext http)
    {
        string state = http.Request.Query["state"].ToString();
        List<(string Name, string Value)> query = [];
        if (http.Request.Query["allow"] == "1")
        {
            AuthorizationCode code = tokens.Authorize(AccountCatalog.Admin);
            query.AddRange([("code", code.Code), ("referer", code.Referer), ("platform", "2")]);
        }
        else
        {
            query.Add(("error", "access_denied"));
        }

        query.Add(("client_id", options.ClientId));
        if (state.Length > 0)
        {
            query.Add(("state", state));
        }

        string separator = options.RedirectUri.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        string text = string.Join('&', query.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
        http.Response.Redirect($"{options.RedirectUri}{separator}{text}");
        return Task.CompletedTask;
    }

    private Reply Issued(SimulatedTokenPair pair) => Reply.Json(new JsonObject
    {
        ["token_type"] = "Bearer",
        ["expires_in"] = (long)options.AccessTokenLifetime.TotalSeconds,
        ["access_token"] = pair.AccessToken,
        ["refresh_token"] = pair.RefreshToken,
        ["server_time"] = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(),
    });

    // What speaks of the client has no hint; what speaks of a token or a parameter has one, in English whatever the account's language.
    private Reply WrongClient() => options.TokenErrorsInRussian
        ? Refused(401, "Некорректный клиент", "Авторизация клиента не прошла", hint: null)
        : Refused(401, "Invalid client", "Client authentication failed", hint: null);

    private Reply BadRefreshToken(TokenRefusal refusal) => Invalid(
        status: 401, hint: refusal switch
        {
            TokenRefusal.Revoked => "Token has been revoked",
            TokenRefusal.Expired => "Token has expired",
            _ => "Cannot decrypt the refresh token",
        });

    private Reply Invalid(string hint, int status = 400) => options.TokenErrorsInRussian
        ? Refused(status, "Некорректный запрос", "В запросе отсутствует ряд параметров или параметры невалидны", hint)
        : Refused(status, "Invalid request", "The request is missing a required parameter or has an invalid one.", hint);

    private static Reply Refused(int status, string title, string detail, string? hint)
    {
        JsonObject body = new()
        {
            ["title"] = title,
            ["type"] = "https://developers.kommo.com/v3/errors/OAuthProblemJson",
            ["status"] = status,
            ["detail"] = detail,
        };
        if (hint is not null)
        {
            body["hint"] = hint;
        }

        return new Reply(status, body, Reply.ProblemType);
    }
}
