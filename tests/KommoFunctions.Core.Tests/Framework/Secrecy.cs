using System.Text;
using KommoFunctions.Intake;
using Microsoft.Extensions.Logging.Testing;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>Looks for secrets in all that was logged: messages, their values, exceptions, scopes.</summary>
internal static class Secrecy
{
    /// <summary>Fails when a log of the host's processes holds a token, the integration's secret, a root key, or one of <paramref name="more"/>.</summary>
    public static async Task AssertKeptAsync(CoreHost host, IEnumerable<string> more)
    {
        var secrets = new List<string>([CoreHost.ClientSecret, .. more]);
        secrets.AddRange(host.Kommo.Tokens.SelectMany(pair => new[] { pair.AccessToken, pair.RefreshToken }));
        if (host.Kommo.Options.LongLivedToken is { } longLived)
        {
            secrets.Add(longLived);
        }

        if (host.Vault.Available)
        {
            secrets.Add(Encoding.UTF8.GetString(await host.Process.Get<HookKeyRing>().GetCurrentAsync(CancellationToken.None)));
        }

        var logs = host.Processes.SelectMany(process => process.Logs.GetSnapshot()).Select(Describe).ToList();
        foreach (var secret in secrets.Where(secret => secret.Length > 0))
        {
            Assert.DoesNotContain(logs, log => log.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static string Describe(FakeLogRecord record) => string.Join(
        '\n',
        [
            record.Message,
            record.Exception?.ToString() ?? string.Empty,
            .. (record.StructuredState ?? []).Select(pair => pair.Value ?? string.Empty),
            .. record.Scopes.Select(scope => scope?.ToString() ?? string.Empty),
        ]);
}
