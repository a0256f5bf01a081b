using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kommo.Simulator.OAuth;

/// <summary>
/// Tells an integration that an account removed it: a GET whose signature is the hex HMAC-SHA256 of <c>client_uuid|account_id</c>
/// under the client secret (Kommo: OAuth 2.0, uninstall).
/// </summary>
internal static class UninstallHook
{
    public static async Task<int> SendAsync(Uri hook, KommoSimulatorOptions options, CancellationToken ct)
    {
        string account = options.AccountId.ToString(CultureInfo.InvariantCulture);
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(options.ClientSecret), Encoding.UTF8.GetBytes($"{options.ClientId}|{account}")));
        UriBuilder address = new(hook);
        string query = $"client_uuid={Uri.EscapeDataString(options.ClientId)}&account_id={account}&signature={signature}";
        address.Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{query}" : query;
        using HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using HttpRequestMessage request = new(HttpMethod.Get, address.Uri);
        request.Headers.TryAddWithoutValidation("User-Agent", "amoService-oAuth-Code-Sender/1.0");
        using HttpResponseMessage response = await http.SendAsync(request, ct);
        return (int)response.StatusCode;
    }
}
