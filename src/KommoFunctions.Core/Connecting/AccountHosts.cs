using System.Diagnostics.CodeAnalysis;
using Kommo.OAuth;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Connecting;

/// <summary>Which hosts may be an account's: those right under Kommo's domains and, where that is switched on for local development, this machine.</summary>
internal sealed class AccountHosts(IOptions<ConnectOptions> options)
{
    /// <summary>Reads a bare host, as the callback's <c>referer</c> has it. Secrets are sent there: nothing else may pass.</summary>
    public bool TryParse(string? host, [NotNullWhen(true)] out Uri? address) =>
        KommoDomain.TryParse(host, out address)
        || (options.Value.AllowLoopback
            && KommoDomain.TryParseLoopback($"http://{host}", out address)
            && string.Equals(address.Authority, host, StringComparison.Ordinal));
}
