using System.Buffers;
using System.Globalization;
using Azure;
using KommoFunctions.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Intake;

/// <summary>
/// Takes a hook in: checks the address, reads the body, puts it into the queue, and only then says 200. Nothing is parsed here: a body that is
/// no hook is found out behind the queue, since a hundred bad answers in two hours switch the subscription off (Kommo: Webhooks, delivery).
/// </summary>
public sealed partial class WebhookIntake
{
    private readonly HookKeyRing _keys;
    private readonly ContentCodec _codec;
    private readonly MessageQueues _queues;
    private readonly IntakeOptions _options;
    private readonly CoreMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal WebhookIntake(
        HookKeyRing keys,
        ContentCodec codec,
        MessageQueues queues,
        IOptions<IntakeOptions> options,
        CoreMetrics metrics,
        TimeProvider time,
        ILogger<WebhookIntake> logger)
    {
        _keys = keys;
        _codec = codec;
        _queues = queues;
        _options = options.Value;
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    /// <summary>Takes in what was posted to <c>/api/hooks/{accountId}/{token}</c>.</summary>
    /// <param name="accountId">The account id of the address.</param>
    /// <param name="token">The token of the address.</param>
    /// <param name="body">The body, unread.</param>
    /// <param name="contentLength">What the request says of the body's length, if it does.</param>
    /// <param name="cancellationToken">Ends the work when the caller is gone.</param>
    /// <returns>
    /// 200 when the hook is in the queue; 401 for an address that is none of ours; 413 for a body above
    /// <see cref="IntakeOptions.MaxBodyBytes"/>; 503 when it could not be stored, so that Kommo tries again.
    /// </returns>
    public async Task<IntakeResult> ReceiveAsync(
        string accountId, string token, Stream body, long? contentLength, CancellationToken cancellationToken = default)
    {
        var start = _time.GetTimestamp();
        using var timeout = new CancellationTokenSource(_options.Deadline, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        IntakeResult result;
        try
        {
            result = await ReceiveCoreAsync(accountId, token, body, contentLength, deadline.Token);
        }
        catch (Exception e)
        {
            // Whatever it was, the hook is not in the queue for sure: Kommo has to keep it and come again. That also holds when Kommo has hung up.
            Log.NotStored(_logger, _time.GetElapsedTime(start), Failure.Of(e).Error);
            result = IntakeResult.Unavailable;
        }

        _metrics.HookAnswered(result.StatusCode, _time.GetElapsedTime(start));
        return result;
    }

    /// <summary>
    /// Does all that a hook needs, short of putting one into the queue: reads the keys, checks a token, packs a body, and opens the connection to
    /// the queue. A host that can should end it before it lets hooks in.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage or the vault cannot be reached.</exception>
    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        var keys = _keys.GetAsync(cancellationToken);
        var now = _time.GetUtcNow();
        HookToken.Verify(new byte[32], 0, new string('A', 43));
        var content = await _codec.PackAsync("account[id]=0"u8.ToArray(), "warm-up", cancellationToken);
        _ = new Envelope { Id = "warm-up", AccountId = 0, ReceivedAt = now, Content = content }.ToBinaryData();
        await _queues.OpenAsync(QueueNames.Hooks, cancellationToken);
        await keys;
    }

    private async Task<IntakeResult> ReceiveCoreAsync(
        string accountId, string token, Stream body, long? contentLength, CancellationToken cancellationToken)
    {
        if (!long.TryParse(accountId, NumberStyles.None, CultureInfo.InvariantCulture, out var account)
            || !await IsOursAsync(account, token, cancellationToken))
        {
            return IntakeResult.Unauthorized;
        }

        if (contentLength > _options.MaxBodyBytes)
        {
            return IntakeResult.TooLarge;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(contentLength ?? 16 * 1024, _options.MaxBodyBytes) + 1);
        try
        {
            var length = 0;
            int read;
            while ((read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
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

            await StoreAsync(account, buffer.AsMemory(0, length), cancellationToken);
            return IntakeResult.Accepted;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task StoreAsync(long accountId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        var envelope = new Envelope
        {
            Id = id,
            AccountId = accountId,
            ReceivedAt = now,
            Content = await _codec.PackAsync(body, id, cancellationToken),
        };
        await _queues.SendAsync(QueueNames.Hooks, envelope, cancellationToken);
    }

    private async ValueTask<bool> IsOursAsync(long accountId, string token, CancellationToken cancellationToken)
    {
        var ours = false;
        foreach (var key in await _keys.GetAsync(cancellationToken))
        {
            ours |= HookToken.Verify(key, accountId, token);
        }

        return ours;
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A hook could not be stored within {Elapsed}; answered 503 so that Kommo sends it again. {Error}")]
        public static partial void NotStored(ILogger logger, TimeSpan elapsed, string error);
    }
}
