using KommoFunctions.Start.Protocol;

namespace KommoFunctions.Start;

/// <summary>A worker that was led through its start, as the Functions host does it, up to where it takes hooks.</summary>
internal sealed class StartedWorker : IAsyncDisposable
{
    private const string HookFunction = "ReceiveHook";

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly WorkerProcess _process;
    private readonly WorkerConnection _connection;
    private readonly string _hookFunctionId;

    private StartedWorker(WorkerProcess process, WorkerConnection connection, string hookFunctionId, TimeSpan connected)
    {
        _process = process;
        _connection = connection;
        _hookFunctionId = hookFunctionId;
        Connected = connected;
    }

    /// <summary>From the process's start until its stream was open.</summary>
    public TimeSpan Connected { get; }

    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <exception cref="InvalidOperationException">It ended, or refused something, before it took hooks.</exception>
    public static async Task<StartedWorker> StartAsync(
        FunctionsHost host, string folder, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var start = Time.GetTimestamp();
        var process = WorkerProcess.Start(folder, host.Address, settings);
        try
        {
            var connecting = host.ConnectedAsync(process.Id);
            if (await Task.WhenAny(connecting, process.ExitedAsync(cancellationToken)) != connecting)
            {
                throw new InvalidOperationException($"The worker ended before it connected. It wrote:{Environment.NewLine}{process.Output}");
            }

            var connection = await connecting;
            var connected = Time.GetElapsedTime(start);
            return new StartedWorker(process, connection, await LoadAsync(connection, folder, cancellationToken), connected);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands a hook over and waits for the function's answer.</summary>
    /// <returns>The HTTP status.</returns>
    /// <exception cref="IOException">The worker has gone without an answer.</exception>
    public async Task<string> PostAsync(HookRequest hook, CancellationToken cancellationToken)
    {
        var answer = await _connection.AskAsync(
            new StreamingMessage { InvocationRequest = hook.ToInvocation(_hookFunctionId) }, cancellationToken);
        Check(answer.InvocationResponse.Result, HookFunction);
        return answer.InvocationResponse.ReturnValue.Http.StatusCode;
    }

    /// <summary>Asks it to end, as the host does.</summary>
    public Task AskToEndAsync(CancellationToken cancellationToken) =>
        _connection.SendAsync(new StreamingMessage { WorkerTerminate = new WorkerTerminate() }, cancellationToken);

    /// <summary>SIGTERM.</summary>
    public void Terminate() => _process.Terminate();

    public Task ExitedAsync(CancellationToken cancellationToken) => _process.ExitedAsync(cancellationToken);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Init, the list of functions, and loading each of them: nothing is invoked before all are loaded.</summary>
    private static async Task<string> LoadAsync(WorkerConnection connection, string folder, CancellationToken cancellationToken)
    {
        var init = await connection.AskAsync(
            new StreamingMessage
            {
                WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.0.0", WorkerDirectory = folder, FunctionAppDirectory = folder },
            },
            cancellationToken);
        Check(init.WorkerInitResponse.Result, "init");
        var listed = await connection.AskAsync(
            new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder } }, cancellationToken);
        Check(listed.FunctionMetadataResponse.Result, "metadata");
        var functions = listed.FunctionMetadataResponse.FunctionMetadataResults;
        await Task.WhenAll(functions.Select(async function =>
        {
            var loaded = await connection.AskAsync(
                new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } },
                cancellationToken);
            Check(loaded.FunctionLoadResponse.Result, function.Name);
        }));
        return functions.Single(function => function.Name == HookFunction).FunctionId;
    }

    private static void Check(StatusResult result, string what)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"{what}: {result.Status}. {result.Exception?.Message}");
        }
    }
}
