using System.Collections.Concurrent;
using Grpc.Core;
using KommoFunctions.Start.Protocol;

namespace KommoFunctions.Start;

/// <summary>The stream of one worker: requests to it, each with its answer.</summary>
internal sealed class WorkerConnection(IServerStreamWriter<StreamingMessage> toWorker) : IDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="IOException">The worker has gone.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage request, CancellationToken cancellationToken)
    {
        request.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[request.RequestId] = answer;
        await SendAsync(request, cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    public async Task SendAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await toWorker.WriteAsync(message, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Hands each answer to whoever asked, until the worker closes the stream. What nobody asked for (its log) is dropped.</summary>
    public async Task ReadAsync(IAsyncStreamReader<StreamingMessage> fromWorker, CancellationToken cancellationToken)
    {
        try
        {
            while (await fromWorker.MoveNext(cancellationToken))
            {
                if (_asked.TryRemove(fromWorker.Current.RequestId, out var asked))
                {
                    asked.SetResult(fromWorker.Current);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or RpcException)
        {
            // A process that ends does not close its stream first.
        }
        finally
        {
            foreach (var asked in _asked.Values)
            {
                asked.TrySetException(new IOException("The worker has gone."));
            }
        }
    }

    public void Dispose() => _writing.Dispose();
}
