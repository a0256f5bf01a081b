namespace KommoFunctions.Emulators.Network;

/// <summary>What happens to the connections through a <see cref="NetworkProxy"/>. All of it can be changed while they run.</summary>
public sealed class NetworkFaults
{
    private readonly Lock _gate = new();
    private readonly HashSet<NetworkConnection> _open = [];
    private TaskCompletionSource? _stalled;
    private bool _away;
    private TimeSpan _latency;
    private int? _cutAnswersAfter;

    /// <summary>Whether every connection, new or open, is reset. Default <see langword="false"/>.</summary>
    public bool Away
    {
        get => Read(() => _away);
        set
        {
            Write(() => _away = value);
            if (value)
            {
                ResetConnections();
            }
        }
    }

    /// <summary>Whether no byte moves, either way, until it is lifted. Connections are taken and stay open. Default <see langword="false"/>.</summary>
    public bool Stalled
    {
        get => Read(() => _stalled is not null);
        set
        {
            lock (_gate)
            {
                if (value)
                {
                    _stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
                else
                {
                    _stalled?.TrySetResult();
                    _stalled = null;
                }
            }
        }
    }

    /// <summary>What each piece of data waits for, on either way. Default zero.</summary>
    public TimeSpan Latency
    {
        get => Read(() => _latency);
        set => Write(() => _latency = value);
    }

    /// <summary>
    /// Of each connection, how many bytes of answers reach the caller before it is reset, counted from when this was set or the connection began.
    /// Default <see langword="null"/>: all. The server has acted by then, and the caller holds half an answer.
    /// </summary>
    public int? CutAnswersAfter
    {
        get => Read(() => _cutAnswersAfter);
        set
        {
            lock (_gate)
            {
                _cutAnswersAfter = value;
                foreach (var connection in _open)
                {
                    connection.CountFromHere();
                }
            }
        }
    }

    /// <summary>Resets the connections that are open now; new ones are let through.</summary>
    public void ResetConnections()
    {
        foreach (var connection in Read(() => _open.ToList()))
        {
            connection.Reset();
        }
    }

    /// <summary>Lifts everything.</summary>
    public void Clear()
    {
        (Away, Stalled, Latency, CutAnswersAfter) = (false, false, TimeSpan.Zero, null);
    }

    internal bool Enter(NetworkConnection connection)
    {
        lock (_gate)
        {
            return !_away && _open.Add(connection);
        }
    }

    internal void Leave(NetworkConnection connection) => Write(() => _open.Remove(connection));

    /// <summary>Ends when data may go on.</summary>
    internal Task WhenMovingAsync(CancellationToken cancellationToken) => Read(() => _stalled?.Task)?.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Write(Action write)
    {
        lock (_gate)
        {
            write();
        }
    }
}
