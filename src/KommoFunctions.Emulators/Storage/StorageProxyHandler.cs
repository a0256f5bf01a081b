using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace KommoFunctions.Emulators.Storage;

/// <summary>Counts a request, lets it meet its fault and its delays, and has it forwarded.</summary>
internal sealed class StorageProxyHandler(
    IReadOnlyDictionary<StorageService, int> backends, StorageFaults faults, StorageStatistics statistics, TimeProvider time) : IDisposable
{
    private readonly StorageForwarder _forwarder = new();

    public void Dispose() => _forwarder.Dispose();

    public async Task HandleAsync(StorageService service, HttpContext context)
    {
        var kind = StorageRequestKind.Of(service, context.Request);
        statistics.Add(kind);
        if (faults.RefuseConnections)
        {
            context.Abort();
            return;
        }

        try
        {
            await HandleAsync(kind, context);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or ConnectionAbortedException)
        {
            // Caller or storage hung up; the other side sees the same.
            context.Abort();
        }
    }

    private async Task HandleAsync(StorageRequestKind kind, HttpContext context)
    {
        await DelayAsync(faults.RequestLatency, context);
        var fault = faults.Take(kind);
        switch (fault?.Fault.Kind)
        {
            case StorageFaultKind.ServerBusy or StorageFaultKind.ServerError or StorageFaultKind.GatewayTimeout:
                await ServerFaultResponse.WriteAsync(context, kind.Service, fault.Fault.Kind);
                return;
            case StorageFaultKind.Reset:
                context.Abort();
                return;
            case StorageFaultKind.Stall:
                await fault.Lifted.WaitAsync(context.RequestAborted);
                break;
        }

        using var answer = await _forwarder.AskAsync(context, backends[kind.Service]);
        statistics.AddAnswer(kind, (int)answer.StatusCode);
        if (fault?.Fault.Kind is StorageFaultKind.DropResponse)
        {
            await answer.Content.LoadIntoBufferAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await DelayAsync(faults.ResponseLatency, context);
        if (fault?.Fault.Kind is StorageFaultKind.Late)
        {
            await DelayAsync(fault.Fault.Delay, context);
        }

        await StorageForwarder.AnswerAsync(context, answer);
    }

    private Task DelayAsync(StorageLatency latency, HttpContext context) => DelayAsync(faults.Draw(latency), context);

    private async Task DelayAsync(TimeSpan delay, HttpContext context)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, context.RequestAborted);
        }
    }
}
