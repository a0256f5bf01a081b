using System.Text.Json.Serialization;

namespace KommoFunctions.Receiver;

/// <summary>What became of a worker's calls.</summary>
internal sealed class WorkerTally
{
    private int _answered;
    private int _refused;
    private int _lost;

    [JsonInclude]
    public int Answered { get => _answered; private set => _answered = value; }

    /// <summary>Without a permit in useful time: their messages would go back into the queue.</summary>
    [JsonInclude]
    public int WithoutPermit { get => _refused; private set => _refused = value; }

    /// <summary>Closed connections, after the pipeline's own retries.</summary>
    [JsonInclude]
    public int WithoutAnswer { get => _lost; private set => _lost = value; }

    public void Done() => Interlocked.Increment(ref _answered);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Lost() => Interlocked.Increment(ref _lost);

    public void Add(WorkerTally other)
    {
        _answered += other._answered;
        _refused += other._refused;
        _lost += other._lost;
    }
}
