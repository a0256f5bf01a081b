using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KommoFunctions.Emulators.Azurite;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>
/// Storage accounts of the one Azurite, one a test: queue and table names are fixed, so tests on one account would meet.
/// Azurite reads its accounts from the environment when it starts, which is after this module is loaded.
/// </summary>
internal static class StorageAccounts
{
    private const int Count = 2_000;

    private static readonly string Key = Convert.ToBase64String(Encoding.ASCII.GetBytes("the key of a test's storage account"));

    private static int _taken;

    [ModuleInitializer]
    internal static void Declare() => Environment.SetEnvironmentVariable(
        "AZURITE_ACCOUNTS",
        $"{AzuriteProcess.AccountName}:{AzuriteProcess.AccountKey};" + string.Join(';', Enumerable.Range(1, Count).Select(n => $"{Name(n)}:{Key}")));

    /// <summary>An account that no other test has.</summary>
    public static string Take() => Interlocked.Increment(ref _taken) is var number && number <= Count
        ? Name(number)
        : throw new InvalidOperationException($"More than {Count} storage accounts were asked for.");

    public static string ConnectionString(string account, int blobPort, int queuePort, int tablePort) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{blobPort}/{account};QueueEndpoint=http://127.0.0.1:{queuePort}/{account};"
        + $"TableEndpoint=http://127.0.0.1:{tablePort}/{account};";

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"core{number:D4}");
}
