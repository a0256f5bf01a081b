using Azure;

namespace KommoFunctions.Emulators.Storage.InMemory.Interleaving;

/// <summary>
/// Decides, from a seed, in which order the requests of several processes act on storage and their answers arrive, and which of them fail. Nothing happens but
/// in <see cref="Step"/>, on its caller's thread, so that a seed is an interleaving and can be run again.
/// </summary>
/// <param name="storage">What the processes share.</param>
/// <param name="seed">The interleaving.</param>
/// <param name="odds">What goes wrong.</param>
public sealed class StorageInterleaving(InMemoryStorage storage, int seed, InterleavingOdds odds)
{
    private readonly Lock _lock = new();
    private readonly List<WaitingRequest> _waiting = [];
    private readonly List<string> _trace = [];
    private int _crashes;
    private bool _calm;

    /// <summary>The source of every choice; the caller's own choices may come from it too.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Whether steps are written down. Default <see langword="false"/>: it takes as long as the steps themselves.</summary>
    public bool Traced { get; init; }

    /// <summary>What happened so far, when it is <see cref="Traced"/>.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Requests and answers that wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>A process; one that crashed is replaced by another.</summary>
    public InterleavedProcess AddProcess(string name) => new(this, storage, name);

    /// <summary>From now on nothing goes wrong any more, so that what is unfinished can end.</summary>
    public void CalmDown() => _calm = true;

    /// <summary>Writes something down between the steps.</summary>
    public void Note(string what)
    {
        if (Traced)
        {
            _trace.Add(what);
        }
    }

    /// <summary>Lets one request act, or one answer arrive, and its process go on to its next request.</summary>
    /// <returns>False when nothing waits.</returns>
    public bool Step()
    {
        WaitingRequest request;
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return false;
            }

            var index = Random.Next(_waiting.Count);
            request = _waiting[index];
            _waiting.RemoveAt(index);
        }

        if (Happens(odds.Crash) && _crashes < odds.MaxCrashes)
        {
            _crashes++;
            Crash(request.Process);
        }
        else if (request.Answer is null)
        {
            Act(request);
        }
        else
        {
            Arrive(request);
        }

        return true;
    }

    /// <summary>Ends a process: nothing that it has under way returns.</summary>
    public void Crash(InterleavedProcess process)
    {
        Write(process, "crashes");
        process.HasCrashed = true;
        lock (_lock)
        {
            _waiting.RemoveAll(request => request.Process == process);
        }
    }

    internal async ValueTask<StorageAnswer> WaitAsync(InterleavedProcess process, StorageCall call, CancellationToken cancellationToken)
    {
        var request = new WaitingRequest(process, call);
        if (!process.HasCrashed)
        {
            lock (_lock)
            {
                _waiting.Add(request);
            }
        }

        return await request.Returned.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Act(WaitingRequest request)
    {
        if (Happens(odds.Busy))
        {
            Write(request, "busy");
            request.Return(storage.Refuse(request.Call, StorageRefusal.Busy));
            return;
        }

        if (Happens(odds.LostRequest))
        {
            Write(request, "lost");
            request.Fail(Broken());
            return;
        }

        request.Answer = storage.Handle(request.Call);
        Write(request, "acts");
        if (Happens(odds.LateAnswer, evenWhenCalm: true))
        {
            lock (_lock)
            {
                _waiting.Add(request);
            }
        }
        else
        {
            Arrive(request);
        }
    }

    private void Arrive(WaitingRequest request)
    {
        if (Happens(odds.LostAnswer))
        {
            Write(request, "answer lost");
            request.Fail(Broken());
            return;
        }

        Write(request, "answer arrives");
        request.Return(request.Answer!);
    }

    private bool Happens(double share, bool evenWhenCalm = false) => share > 0 && (evenWhenCalm || !_calm) && Random.NextDouble() < share;

    /// <summary>What the SDK's own transport makes of a connection that breaks.</summary>
    private static RequestFailedException Broken() => new("The connection broke.", new IOException("The connection broke."));

    private void Write(WaitingRequest request, string what)
    {
        if (Traced)
        {
            Write(request.Process, $"{what} {request.Answer?.Status} {request.Call}");
        }
    }

    private void Write(InterleavedProcess process, string what) => Note($"{process.Name} {what}");
}
