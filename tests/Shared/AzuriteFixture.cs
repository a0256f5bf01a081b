using KommoFunctions.Emulators.Azurite;
using KommoFunctions.Tests;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace KommoFunctions.Tests;

/// <summary>
/// One Azurite in memory for all tests of the assembly. A test takes it as a constructor parameter and asks it for
/// names that no other test uses. A project gets it with
/// <c>&lt;Compile Include="../Shared/AzuriteFixture.cs" Link="Shared/AzuriteFixture.cs" /&gt;</c>.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;

    /// <summary>The running Azurite.</summary>
    public AzuriteProcess Azurite => _azurite ?? throw new InvalidOperationException("The fixture has not started.");

    /// <summary>A connection string for blobs, queues and tables.</summary>
    public string ConnectionString => Azurite.ConnectionString;

    /// <summary>A table name that nobody else has: letters and digits.</summary>
    public static string NewTableName(string prefix = "t") => prefix + Guid.NewGuid().ToString("N");

    /// <summary>A queue name that nobody else has: lower-case letters, digits and a hyphen.</summary>
    public static string NewQueueName(string prefix = "q") => $"{prefix}-{Guid.NewGuid():N}";

    /// <summary>A container name that nobody else has: lower-case letters, digits and a hyphen.</summary>
    public static string NewContainerName(string prefix = "c") => $"{prefix}-{Guid.NewGuid():N}";

    /// <inheritdoc />
    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { Progress = new Diagnostics() }, CancellationToken.None);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private sealed class Diagnostics : IProgress<string>
    {
        public void Report(string value) => TestContext.Current.SendDiagnosticMessage(value);
    }
}
