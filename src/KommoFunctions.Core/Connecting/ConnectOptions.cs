using Kommo.OAuth;
using KommoFunctions.Configuration;

namespace KommoFunctions.Connecting;

/// <summary>How accounts are connected. Settings: <c>KommoFunctions:Connect</c>.</summary>
public sealed class ConnectOptions
{
    /// <summary>
    /// The page on which an administrator allows the integration. Default <c>https://www.kommo.com/oauth</c>; for the brand amoCRM
    /// <c>https://www.amocrm.ru/oauth</c> (Kommo: OAuth 2.0).
    /// </summary>
    [Setting("Kommo's authorization page, such as https://www.kommo.com/oauth")]
    public string AuthorizationPage { get; set; } = "https://www.kommo.com/oauth";

    /// <summary>How long the administrator may take between opening the connect page and coming back. Default 10 min.</summary>
    [Setting("a time span from 00:01:00 to 01:00:00, such as 00:10:00", Min = "00:01:00", Max = "01:00:00")]
    public TimeSpan StateLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether an account may also be connected by installing the integration from Kommo's own pages, which call the redirect address without a
    /// <c>state</c> (Kommo: install hook). Default no: then nothing shows that whoever brings the code has asked for it.
    /// </summary>
    [Setting("true or false")]
    public bool AllowInstallFromKommo { get; set; }

    /// <summary>
    /// Whether an account's address may be on this machine: the simulator of local development. Default no; refused at start unless
    /// <c>KommoFunctions:PublicUrl</c> is on this machine, too.
    /// </summary>
    [Setting("true or false")]
    public bool AllowLoopback { get; set; }

    internal static string? Check(ConnectOptions options, string path, string? publicUrl)
    {
        if (options.AllowLoopback && !(Uri.TryCreate(publicUrl, UriKind.Absolute, out var app) && app.IsLoopback))
        {
            return $"{path}:{nameof(AllowLoopback)} is true, which is for local development. "
                + $"It should be false unless {KommoFunctionsBuilder.Section}:PublicUrl is on this machine, such as http://localhost:7071.";
        }

        return Uri.TryCreate(options.AuthorizationPage, UriKind.Absolute, out var page) && IsAuthorizationPage(page, options.AllowLoopback)
            ? null
            : $"{path}:{nameof(AuthorizationPage)} is '{options.AuthorizationPage}'. It should be Kommo's authorization page, such as https://www.kommo.com/oauth.";
    }

    private static bool IsAuthorizationPage(Uri page, bool allowLoopback) =>
        page.AbsolutePath == "/oauth" && page.Query.Length == 0 && page.Fragment.Length == 0 && page.UserInfo.Length == 0
        && ((page.Scheme == Uri.UriSchemeHttps && page.IsDefaultPort && KommoDomain.IsBrandHost(page.Host)) || (allowLoopback && page.IsLoopback));
}
