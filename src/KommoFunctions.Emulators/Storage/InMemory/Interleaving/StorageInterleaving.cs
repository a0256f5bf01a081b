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
    /// <summary>The SDK's attempts at one request, if it is not told otherwise.</summary>
    private const int Attempts = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly List<WaitingRequest> _waiting = [];
    private readonly List<string> _trace = [];
    private int _crashes;
    private int _steps;
    private bool _calm;

    /// <summary>The source of every choice; the caller's own choices may come from it too.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Whether steps are written down. Default <see langword="false"/>: it takes as long as the steps themselves.</summary>
    public bool Traced { get; init; }

    /// <summary>What happened so far, when it is <see cref="Traced"/>.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Requests of which all the SDK's attempts failed, so that their callers saw an exception.</summary>
    public int GivenUp { get; private set; }

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
    /// <returns>False when nothing waits, or all of it is held up.</returns>
    public bool Step()
    {
        _steps++;
        if (Take() is not { } request)
        {
            return false;
        }

        if (request.HeldUntil is null && Happens(odds.HeldUp))
        {
            request.HeldUntil = _steps + Random.Next(1, odds.MaxHeldUp + 1);
            Write(request, "is held up");
            Add(request);
        }
        else if (Happens(odds.Crash) && _crashes < odds.MaxCrashes)
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
            Add(request);
        }

        return await request.Returned.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Act(WaitingRequest request)
    {
        if (Happens(odds.Busy))
        {
            Write(request, "busy");
            CountFailure(request);
            request.Return(storage.Refuse(request.Call, StorageRefusal.Busy));
            return;
        }

        if (Happens(odds.LostRequest))
        {
            Write(request, "lost");
            CountFailure(request);
            request.Fail(Broken());
            return;
        }

        request.Answer = storage.Handle(request.Call);
        Write(request, "acts");
        if (Happens(odds.LateAnswer, evenWhenCalm: true))
        {
            request.HeldUntil = null;
            Add(request);
        }
        else
        {
            Arrive(request);
        }
    }

    private void Add(WaitingRequest request)
    {
        lock (_lock)
        {
            _waiting.Add(request);
        }
    }

    private WaitingRequest? Take()
    {
        lock (_lock)
        {
            var ready = _waiting.Count(IsReady);
            if (ready == 0)
            {
                return null;
            }

            var index = Random.Next(ready);
            var request = _waiting.Where(IsReady).ElementAt(index);
            _waiting.Remove(request);
            return request;
        }

        bool IsReady(WaitingRequest request) => _calm || request.HeldUntil is null || request.HeldUntil <= _steps;
    }

    private void Arrive(WaitingRequest request)
    {
        if (Happens(odds.LostAnswer))
        {
            Write(request, "answer lost");
            CountFailure(request);
            request.Fail(Broken());
            return;
        }

        Write(request, "answer arrives");
        request.Return(request.Answer!);
    }

    /// <summary>The SDK gives each attempt at a request the same id.</summary>
    private void CountFailure(WaitingRequest request)
    {
        if (request.Call.Header("x-ms-client-request-id") is { } id && (_failures[id] = _failures.GetValueOrDefault(id) + 1) == Attempts)
        {
            GivenUp++;
        }
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
