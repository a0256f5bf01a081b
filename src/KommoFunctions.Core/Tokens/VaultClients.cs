using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace KommoFunctions.Tokens;

/// <summary>Makes the client of the vault.</summary>
internal static class VaultClients
{
    public static SecretClient Create(VaultOptions options)
    {
        var uri = new Uri(options.Uri);
        if (options.Emulator)
        {
            return new SecretClient(uri, new EmulatorCredential(), ForEmulator());
        }

        TokenCredential credential = string.IsNullOrWhiteSpace(options.ClientId)
            ? new DefaultAzureCredential()
            : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.ClientId));
        return new SecretClient(uri, credential, WithLimits(new SecretClientOptions()));
    }

    /// <summary>The emulator signs its own certificate; that it is reached over loopback only is checked at start and again here.</summary>
    private static SecretClientOptions ForEmulator() => WithLimits(new SecretClientOptions
    {
        DisableChallengeResourceVerification = true,
        Transport = new HttpClientTransport(new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = static async (context, cancellationToken) =>
            {
                var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
                var loopback = Array.FindAll(addresses, IPAddress.IsLoopback);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
            // Its name must be right; only that nobody vouches for it is let pass.
            SslOptions =
            {
                RemoteCertificateValidationCallback = static (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0,
            },
        })),
    });

    /// <summary>
    /// The client's own patience is minutes; a refresh holds a lock meanwhile, and has a second place to store its pair in. What has to be repeated
    /// for longer is repeated by who calls.
    /// </summary>
    private static SecretClientOptions WithLimits(SecretClientOptions options)
    {
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        return options;
    }

    private sealed class EmulatorCredential : TokenCredential
    {
        private static readonly AccessToken Token = new("emulator", DateTimeOffset.MaxValue);

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => Token;

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Token);
    }
}
