using Azure.Core;
using Azure.Core.Pipeline;

namespace KommoFunctions.Storage;

/// <summary>Shows each of storage's answers to a clock. Belongs into a client's pipeline once a try, so that a repetition does not count as a slow answer.</summary>
internal sealed class StorageClockPolicy : HttpPipelinePolicy
{
    /// <summary>The clock; without one the answers teach nobody.</summary>
    public StorageClock? Clock { get; set; }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var sent = Clock?.Take();
        await ProcessNextAsync(message, pipeline);
        Observe(sent, message);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var sent = Clock?.Take();
        ProcessNext(message, pipeline);
        Observe(sent, message);
    }

    private void Observe(StorageClock.Instant? sent, HttpMessage message)
    {
        if (sent is { } at && message.HasResponse && message.Response.Headers.Date is { } date)
        {
            Clock!.Observe(at, date);
        }
    }
}
