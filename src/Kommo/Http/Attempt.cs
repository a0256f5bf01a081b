using System.Runtime.ExceptionServices;

namespace Kommo.Http;

/// <summary>
/// One attempt on its way: its permit, its time, and what became of it at the connection. The connection finds it as <see cref="Current"/>, since a
/// request is written within the call that sends it.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="permits">Where permits come from.</param>
/// <param name="goodFor">How long a granted permit is good, at most, until the first bytes leave.</param>
/// <param name="timeout">How long the attempt may take once it has its permit.</param>
/// <param name="cancellationToken">The caller's.</param>
internal sealed class Attempt(
    HttpRequestMessage request, PermitQueue permits, TimeSpan goodFor, TimeSpan timeout, CancellationToken cancellationToken) : IDisposable
{
    private static readonly AsyncLocal<Attempt?> Flowing = new();

    private readonly CancellationTokenSource _limit = new(Timeout.InfiniteTimeSpan, permits.Time);
    private Permit _permit;
    private long _startedAt;
    private PermitStream? _connection;
    private bool _hasLeft;
    private ExceptionDispatchInfo? _kept;

    /// <summary>The attempt that this code runs for; null outside of one.</summary>
    public static Attempt? Current => Flowing.Value;

    /// <summary>How long it has taken since it had its permit.</summary>
    public TimeSpan Elapsed => permits.Time.GetElapsedTime(_startedAt);

    /// <summary>Ends when the attempt has taken too long.</summary>
    public CancellationToken TimedOut => _limit.Token;

    /// <summary>Gets the permit and starts the time.</summary>
    /// <exception cref="KommoPermitUnavailableException">The limiter gives none in useful time.</exception>
    public async ValueTask BeginAsync()
    {
        _permit = await permits.AcquireAsync(request, cancellationToken).ConfigureAwait(false);
        Start();
    }

    /// <summary>Makes this attempt the <see cref="Current"/> one of the calling method and what that calls.</summary>
    public void Flow() => Flowing.Value = this;

    /// <summary>Whether the attempt's bytes may leave on this connection without more ado.</summary>
    public bool MayLeaveOn(PermitStream connection) => _connection == connection;

    /// <summary>
    /// Before the first bytes leave on a connection: a permit that was granted too long ago, or used on another connection that then turned out to
    /// be closed, is replaced. The wait for it is not the attempt's time.
    /// </summary>
    public async ValueTask LeaveOnAsync(PermitStream connection)
    {
        try
        {
            while (_connection is not null || permits.Time.GetElapsedTime(_permit.GrantedAt) > goodFor)
            {
                _connection = null;
                _limit.CancelAfter(Timeout.InfiniteTimeSpan);
                _permit.Lease.Dispose();
                _permit = await permits.AcquireAtConnectionAsync(request, cancellationToken).ConfigureAwait(false);
                Start();
            }

            (_connection, _hasLeft) = (connection, true);
        }
        catch (Exception e)
        {
            _kept = ExceptionDispatchInfo.Capture(_hasLeft && e is KommoPermitUnavailableException
                ? new KommoConnectionException(KommoFailure.Of(request), RequestFate.Unknown, e)
                : e);
            throw;
        }
    }

    /// <summary>
    /// Throws what kept the request from leaving, as it was before the HTTP stack wrapped it. One that had left on a connection that was closed, and got no
    /// permit to leave again, may have arrived.
    /// </summary>
    public void ThrowIfKept() => _kept?.Throw();

    public void Dispose()
    {
        _limit.Dispose();
        _permit.Lease?.Dispose();
    }

    private void Start()
    {
        _startedAt = permits.Time.GetTimestamp();
        _limit.CancelAfter(timeout);
    }
}
