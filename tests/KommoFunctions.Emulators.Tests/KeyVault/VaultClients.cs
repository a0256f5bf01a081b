using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>The real SDK's client for an emulator: one that accepts its certificate and no other.</summary>
internal static class VaultClients
{
    public static SecretClient CreateClient(this KeyVaultEmulator vault, int maxRetries = 0, X509Certificate2? trusted = null)
    {
        var options = new SecretClientOptions
        {
            DisableChallengeResourceVerification = true,
            Transport = new HttpClientTransport(vault.CreateHttpClient(trusted)),
        };
        options.Retry.MaxRetries = maxRetries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return new SecretClient(vault.Uri, new StaticCredential(), options);
    }

    public static HttpClient CreateHttpClient(this KeyVaultEmulator vault, X509Certificate2? trusted = null)
    {
        trusted ??= vault.Certificate;
        return new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, presented, _, _) =>
                presented is not null && presented.RawDataMemory.Span.SequenceEqual(trusted.RawDataMemory.Span),
        });
    }

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private sealed class StaticCredential : TokenCredential
    {
        private static readonly AccessToken Token = new("any", DateTimeOffset.MaxValue);

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => Token;

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(Token);
    }
}
