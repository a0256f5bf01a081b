using System.Globalization;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.OAuth;

/// <summary>Lets API requests through with a token that works, and notes whose it is.</summary>
internal sealed class Bearer(TokenStore tokens)
{
    public static Actor ActorOf(HttpContext http) => (Actor)http.Items[typeof(Bearer)]!;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }

        string header = http.Request.Headers.Authorization.ToString();
        const string Scheme = "Bearer ";
        (long userId, TokenRefusal refusal) = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? tokens.Authenticate(header[Scheme.Length..].Trim())
            : (0, TokenRefusal.Unknown);
        // Runs the request with another user's rights; an unknown one is refused (Kommo: OAuth scopes).
        bool knownContext = true;
        if (http.Request.Headers["X-Context-User-ID"].ToString() is { Length: > 0 } context)
        {
            knownContext = long.TryParse(context, CultureInfo.InvariantCulture, out long asked)
                && AccountCatalog.FindUser(asked) is not null;
            userId = asked;
        }

        if (refusal != TokenRefusal.None || !knownContext)
        {
            await http.WriteAsync(Reply.Problem(401, "Unauthorized", refusal switch
            {
                TokenRefusal.Revoked => "Token has been revoked",
                TokenRefusal.Expired => "Token has expired",
                _ => "Invalid user name or password",
            }));
            return;
        }

        http.Items[typeof(Bearer)] = new Actor(userId, ThroughApi: true);
        await next(http);
    }
}
