using System.Globalization;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>
/// Azurite, Microsoft's emulator of Azure Storage, as a child process on 127.0.0.1. It ends with this object, and with
/// this process however that one ends.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    /// <summary>The account that Azurite knows without being told (Azurite: README, "Default Storage Account").</summary>
    public const string AccountName = "devstoreaccount1";

    /// <summary>The well-known key of <see cref="AccountName"/>; not a secret.</summary>
    public const string AccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>What Azurite needs to flush a large data folder, and a request in flight to finish.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly AzuriteChild _child;
    private readonly DataFolderLease? _lease;
    private readonly TimeProvider _time;

    private AzuriteProcess(AzuriteChild child, AzuritePorts ports, DataFolderLease? lease, TimeProvider time)
    {
        _child = child;
        _lease = lease;
        _time = time;
        BlobPort = ports.Blob;
        QueuePort = ports.Queue;
        TablePort = ports.Table;
    }

    /// <summary>The blob service's port on 127.0.0.1.</summary>
    public int BlobPort { get; }

    /// <summary>The queue service's port on 127.0.0.1.</summary>
    public int QueuePort { get; }

    /// <summary>The table service's port on 127.0.0.1.</summary>
    public int TablePort { get; }

    /// <summary>The blob service's address, account included.</summary>
    public Uri BlobEndpoint => Endpoint(BlobPort);

    /// <summary>The queue service's address, account included.</summary>
    public Uri QueueEndpoint => Endpoint(QueuePort);

    /// <summary>The table service's address, account included.</summary>
    public Uri TableEndpoint => Endpoint(TablePort);

    /// <summary>A connection string for all three services, as the Azure SDKs take it.</summary>
    public string ConnectionString => BuildConnectionString(BlobEndpoint, QueueEndpoint, TableEndpoint);

    /// <summary>Azurite's process id.</summary>
    public int ProcessId => _child.ProcessId;

    /// <summary>Completes when Azurite has ended, whether asked to or not.</summary>
    public Task Exited => _child.Exited;

    /// <summary>The last lines that Azurite printed.</summary>
    public string LastOutput => _child.LastOutput;

    /// <summary>Installs Azurite where that is due, starts it and waits until its three services listen.</summary>
    /// <exception cref="AzuriteException">Node.js is missing, the installation failed, or Azurite ended or did not come up.</exception>
    /// <exception cref="PortTakenException">A fixed port is in use.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        AzuritePorts.ThrowIfTaken(options);
        var root = options.RepositoryRoot
            ?? AzuriteInstallation.FindRepositoryRoot(AppContext.BaseDirectory, Environment.CurrentDirectory);
        var node = await NodeRuntime.FindAsync(Environment.GetEnvironmentVariable("PATH"), cancellationToken);
        var installation = new AzuriteInstallation(root, options.Progress, options.TimeProvider);
        await installation.EnsureInstalledAsync(node, cancellationToken);

        var lease = options.DataFolder is { } folder
            ? await DataFolderLease.TakeAsync(Path.GetFullPath(folder), options.TimeProvider, cancellationToken)
            : null;
        AzuriteChild? child = null;
        try
        {
            child = AzuriteChild.Start(node, installation.EntryPoint, options, lease?.PidFile);
            using var timeout = new CancellationTokenSource(options.StartTimeout, options.TimeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            var ports = await child.Listening.WaitAsync(either.Token);
            return new AzuriteProcess(child, ports, lease, options.TimeProvider);
        }
        catch (Exception failure)
        {
            if (child is not null)
            {
                await child.StopAsync(Patience, options.TimeProvider);
            }

            lease?.Dispose();
            if (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new AzuriteException(
                    string.Create(CultureInfo.InvariantCulture, $"Azurite did not listen within {options.StartTimeout.TotalSeconds:0} s. ")
                    + "It printed:" + Environment.NewLine + child?.LastOutput, failure);
            }

            throw;
        }
    }

    /// <summary>Lets Azurite write its data to disk and end; it is killed after 5 s.</summary>
    public async ValueTask DisposeAsync()
    {
        await _child.StopAsync(Patience, _time);
        _lease?.Dispose();
    }

    /// <summary>A connection string for the services at other addresses, such as those of a proxy before them; the account's name is part of each.</summary>
    public static string BuildConnectionString(Uri blob, Uri queue, Uri table) =>
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};"
        + $"BlobEndpoint={blob};QueueEndpoint={queue};TableEndpoint={table};";

    private static Uri Endpoint(int port) => new($"http://127.0.0.1:{port}/{AccountName}");
}
