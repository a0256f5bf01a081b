using System.Net;

namespace Kommo.Http;

/// <summary>
/// A connection on which a request begins only with a permit that is good at that moment. Connecting takes time that the limiter does not know of,
/// and what counts is when requests arrive. A request that is sent again because its connection had been closed needs a permit anew.
/// </summary>
internal sealed class PermitStream(Stream inner) : Stream
{
    /// <summary>Puts it on every connection of a transport. Only a tunnel through a proxy goes without: what is sent inside of it passes one of its own.</summary>
    public static ValueTask<Stream> FilterAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        if (context.NegotiatedHttpVersion > HttpVersion.Version11)
        {
            throw new InvalidOperationException("Requests share a connection in HTTP/2 and above, so that none can wait for its permit there: use HTTP/1.1.");
        }

        return new(context.InitialRequestMessage.Method == HttpMethod.Connect ? context.PlaintextStream : new PermitStream(context.PlaintextStream));
    }

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Attempt.Current is not { } attempt || attempt.MayLeaveOn(this)
            ? inner.WriteAsync(buffer, cancellationToken)
            : LeaveAsync(attempt, buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A request has to be able to wait for its permit: send it asynchronously.");

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask LeaveAsync(Attempt attempt, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await attempt.LeaveOnAsync(this).ConfigureAwait(false);
        await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }
}
