using Azure.Core;
using Azure.Core.Pipeline;

namespace TableRateLimiting.Tests;

/// <summary>What the network between the real SDK and the real storage does.</summary>
internal enum Fault
{
    None,

    /// <summary>Nothing gets through.</summary>
    Down,

    /// <summary>Every write arrives, and its answer is lost: the client sends it again, as the SDK's own retries do.</summary>
    AnswersLost,
}

/// <summary>Sits below the SDK's retries.</summary>
internal sealed class FaultPolicy : HttpPipelinePolicy
{
    private int _requests;

    public Fault Fault { get; set; }

    /// <summary>How many requests there were.</summary>
    public int Requests => _requests;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref _requests);
        if (Fault == Fault.Down)
        {
            throw new IOException("The network is down.");
        }

        await ProcessNextAsync(message, pipeline);
        if (Fault == Fault.AnswersLost && message.Request.Method != RequestMethod.Get)
        {
            await ProcessNextAsync(message, pipeline);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
