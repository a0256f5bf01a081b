using System.Buffers;
using Azure;
using KommoFunctions.Failures;
using KommoFunctions.Fairness;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Intake;

/// <summary>
/// The way that everything Kommo sends goes in: read within a limit and a deadline, put into the queue, and only then answered. Nothing is
/// parsed on it but what a signature is in.
/// </summary>
internal sealed partial class IntakePath(
    ContentCodec codec,
    MessageQueues queues,
    FairShare share,
    IOptions<IntakeOptions> options,
    CoreMetrics metrics,
    TimeProvider time,
    ILogger<IntakePath> logger)
{
    private readonly IntakeOptions _options = options.Value;

    /// <summary>Checks a body and says what it is; null for one that Kommo did not sign.</summary>
    public delegate ValueTask<Arrival?> Check(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>Answers in time, whatever happens: 503 unless the work came to an answer.</summary>
    public async Task<IntakeResult> AnswerAsync(
        TimeSpan deadline, Func<CancellationToken, Task<IntakeResult>> work, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        IntakeResult result;
        try
        {
            result = await work(either.Token);
        }
        catch (BodyNotReceivedException e)
        {
            // Anybody can begin a body and not end it: that is no trouble of ours.
            Log.NotReceived(logger, time.GetElapsedTime(start), e.InnerException!.GetType().Name);
            result = IntakeResult.Incomplete;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever it was has hung up, and comes again if it was Kommo; anybody can do that at any moment.
            Log.NotReceived(logger, time.GetElapsedTime(start), e.GetType().Name);
            result = IntakeResult.Unavailable;
        }
        catch (Exception e)
        {
            // Whatever it was, the hook is not in the queue for sure: Kommo has to keep it and come again.
            Log.NotStored(logger, time.GetElapsedTime(start), FailureClassifier.Classify(e).Error);
            result = IntakeResult.Unavailable;
        }

        metrics.HookAnswered(result.StatusCode, time.GetElapsedTime(start));
        return result;
    }

    /// <summary>Reads a body whose sender is known already, and stores it.</summary>
    public Task<IntakeResult> TakeAsync(Stream body, long? contentLength, Arrival arrival, CancellationToken cancellationToken) =>
        TakeAsync(body, contentLength, (_, _) => ValueTask.FromResult<Arrival?>(arrival), isKnown: true, cancellationToken);

    /// <summary>Reads a body that tells by its content who sent it, has it checked, and stores it.</summary>
    public Task<IntakeResult> TakeAsync(Stream body, long? contentLength, Check check, CancellationToken cancellationToken) =>
        TakeAsync(body, contentLength, check, isKnown: false, cancellationToken);

    private async Task<IntakeResult> TakeAsync(Stream body, long? contentLength, Check check, bool isKnown, CancellationToken cancellationToken)
    {
        if (contentLength > _options.MaxBodyBytes)
        {
            return IntakeResult.TooLarge;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(contentLength ?? 16 * 1024, _options.MaxBodyBytes) + 1);
        try
        {
            var length = 0;
            int read;
            while ((read = await ReadAsync(body, buffer.AsMemory(length), isKnown, cancellationToken)) > 0)
            {
                length += read;
                if (length > _options.MaxBodyBytes)
                {
                    return IntakeResult.TooLarge;
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, length);
                }
            }

            var content = buffer.AsMemory(0, length);
            if (await check(content, cancellationToken) is not { } arrival)
            {
                return IntakeResult.Unauthorized;
            }

            await StoreAsync(arrival, content, cancellationToken);
            return IntakeResult.Accepted;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Puts a body into the queue.</summary>
    public async Task StoreAsync(Arrival arrival, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        var envelope = new Envelope
        {
            Id = id,
            Kind = arrival.Kind,
            AccountId = arrival.AccountId,
            Scope = arrival.Scope,
            ReceivedAt = now,
            Content = await codec.PackAsync(body, id, cancellationToken),
        };
        // Somebody waits for the answer of a bot or in a chat.
        var queue = arrival.Kind == ArrivalKind.Webhook ? share.QueueForHook(arrival.AccountId, body.Length) : WorkQueue.Hooks;
        await queues.SendAsync(queue, envelope, cancellationToken);
    }

    /// <summary>Does all that a hook needs, short of putting one into the queue.</summary>
    /// <exception cref="RequestFailedException">Storage cannot be reached.</exception>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var content = await codec.PackAsync("account[id]=0"u8.ToArray(), "warm-up", cancellationToken);
        _ = new Envelope { Id = "warm-up", AccountId = 0, ReceivedAt = time.GetUtcNow(), Content = content }.ToBinaryData();
        await queues.OpenAsync(QueueNames.Hooks, cancellationToken);
    }

    private static async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, bool isKnown, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (!isKnown && e is (IOException or OperationCanceledException))
        {
            throw new BodyNotReceivedException(e);
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private sealed class BodyNotReceivedException(Exception cause) : Exception("The body did not come.", cause);

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "A request ended after {Elapsed} before its body was there and checked ({Cause})")]
        public static partial void NotReceived(ILogger logger, TimeSpan elapsed, string cause);

        [LoggerMessage(1, LogLevel.Error, "A hook could not be stored within {Elapsed}; answered 503 so that Kommo sends it again. {Error}")]
        public static partial void NotStored(ILogger logger, TimeSpan elapsed, string error);
    }
}

/// <summary>What came in.</summary>
/// <param name="Kind">The kind of hook.</param>
/// <param name="AccountId">The account; 0 where only the body tells.</param>
/// <param name="Scope">The scope of a chat channel.</param>
internal sealed record Arrival(ArrivalKind Kind, long AccountId, string? Scope = null);
