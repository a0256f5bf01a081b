using System.Globalization;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;
using Microsoft.AspNetCore.Http;

namespace Kommo.Simulator.OAuth;

/// <summary>Lets API requests through with a token that works, and notes whose it is.</summary>
internal sealed class Bearer(TokenStore tokens, Func<long, bool> isUser)
{
    public static Actor ActorOf(HttpContext http) => (Actor)http.Items[typeof(Bearer)]!;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsGuarded(http.Request.Path))
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
                && isUser(asked);
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

    // The address of an upload or of a file's bytes is its own key.
    private static bool IsGuarded(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/v1.0/files", StringComparison.OrdinalIgnoreCase)
        || path == "/v1.0/sessions";
}
