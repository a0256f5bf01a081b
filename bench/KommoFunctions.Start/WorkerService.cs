using Grpc.Core;
using KommoFunctions.Start.Protocol;

namespace KommoFunctions.Start;

/// <summary>Takes a worker's stream: its first message says who it is.</summary>
internal sealed class WorkerService(FunctionsHost host) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.StartStream is not { } start)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "A worker's first message is start_stream."));
        }

        using var connection = new WorkerConnection(responseStream);
        host.Connected(start.WorkerId, connection);
        await connection.ReadAsync(requestStream, context.CancellationToken);
    }
}
