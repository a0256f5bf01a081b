using System.Globalization;

namespace Kommo;

/// <summary>
/// Writes any number of items in batches, and keeps what became of each. A failed batch does not stop the others, unless
/// its error is one that all would meet (the token, the plan, a right, the limiter, a block).
/// </summary>
internal sealed class BatchWriter<TItem, TAnswer>(WriteRoute<TItem, TAnswer> route, WriteOptions options)
    where TItem : WriteItem
    where TAnswer : class
{
    private readonly List<WriteResult<TAnswer>?> _results = [];
    private readonly List<Entry> _sound = [];
    private readonly Stack<List<Entry>> _again = new();
    private readonly List<Entry> _waiting = [];
    private int _size = Math.Min(options.BatchSize, route.MostItems);
    private TimeSpan _waitLeft = options.LongestWait;
    private KommoException? _end;
    private int _requests;

    public async Task<WriteResults<TAnswer>> WriteAsync(IAsyncEnumerable<TItem> items, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Take(item);
                while (_waiting.Count >= _size)
                {
                    await SendWaitingAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            while (_waiting.Count > 0)
            {
                await SendWaitingAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new KommoWriteCanceledException(Results(e), e, cancellationToken);
        }

        return new WriteResults<TAnswer>(_results!, _requests);
    }

    /// <summary>An item that is against a limit fails alone: it never costs a request, nor the others their place.</summary>
    private void Take(TItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var position = _results.Count;
        var named = WriteRoute<TItem, TAnswer>.Named(item, position.ToString(CultureInfo.InvariantCulture));
        try
        {
            item.Require();
        }
        catch (KommoLimitException e)
        {
            _results.Add(WriteResult<TAnswer>.Failure(position, named.RequestId, WriteOutcome.Failed, e));
            return;
        }

        _results.Add(null);
        _sound.Add(new Entry(position, named));
        _waiting.Add(_sound[^1]);
    }

    private async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        _again.Push(NextBatch());
        while (_again.TryPop(out var batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_end is { } end)
            {
                Fail(batch, WriteOutcome.NotSent, end);
            }
            else
            {
                await SendAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The first of those that wait, up to one whose entity or request id is in the batch already: that one comes in the next.</summary>
    private List<Entry> NextBatch()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var batch = _waiting.Take(_size)
            .TakeWhile(entry => ids.Add(entry.Item.RequestId!) && (entry.Item.Key is not { } key || keys.Add(key)))
            .ToList();
        _waiting.RemoveRange(0, batch.Count);
        return batch;
    }

    private async Task SendAsync(List<Entry> batch, CancellationToken cancellationToken)
    {
        _requests++;
        try
        {
            var (answer, found) = await route.SendAsync([.. batch.Select(entry => entry.Item)], route.IsRepeatable, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < batch.Count; i++)
            {
                _results[batch[i].Position] = found[i] is { } one
                    ? WriteResult<TAnswer>.Success(batch[i].Position, batch[i].Item.RequestId, one)
                    : Failure(batch[i], WriteRoute<TItem, TAnswer>.Missing(answer, batch[i].Item));
            }
        }
        catch (KommoValidationException e)
        {
            Refused(batch, e);
        }
        catch (KommoGatewayTimeoutException e)
        {
            TooLarge(batch, e);
        }
        catch (KommoException e) when (e.RetryAfter is { } wait && e.Fate != RequestFate.Unknown && wait <= _waitLeft)
        {
            _waitLeft -= wait;
            await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            _again.Push(batch);
        }
        catch (KommoException e)
        {
            _end = ConcernsAll(e) ? e : null;
            Fail(batch, OutcomeOf(e), e);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            Fail(batch, WriteOutcome.Unknown, e);
            throw;
        }
    }

    /// <summary>The named items leave; the sound ones are sent once more without them.</summary>
    private void Refused(List<Entry> batch, KommoValidationException e)
    {
        var named = e.Items.Where(item => item.RequestId is not null).ToLookup(item => item.RequestId!, StringComparer.Ordinal);
        var sound = batch.FindAll(entry => !named.Contains(entry.Item.RequestId!));
        foreach (var entry in batch.Except(sound))
        {
            var problems = named[entry.Item.RequestId!].SelectMany(item => item.Errors).ToList();
            _results[entry.Position] = Failure(entry, WriteOutcome.Failed, e, problems);
        }

        if (sound.Count == batch.Count || !options.ResendSoundItems)
        {
            Fail(sound, WriteOutcome.Failed, e);
        }
        else if (sound.Count > 0)
        {
            _again.Push(sound);
        }
    }

    /// <summary>
    /// The next batches are half as large. This one is sent again in halves only where that is safe: behind a gateway
    /// that gave up waiting, Kommo may still be creating, and a second request would create twice.
    /// </summary>
    private void TooLarge(List<Entry> batch, KommoGatewayTimeoutException e)
    {
        var half = batch.Count / 2;
        _size = Math.Max(1, Math.Min(_size, half));
        if (half == 0 || !route.IsRepeatable)
        {
            Fail(batch, WriteOutcome.Unknown, e);
            return;
        }

        _again.Push(batch[half..]);
        _again.Push(batch[..half]);
    }

    private static bool ConcernsAll(KommoException e) => e is KommoUnauthorizedException or KommoPaymentRequiredException
        or KommoForbiddenException or KommoBlockedException or KommoNotFoundException or KommoMethodNotAllowedException
        or KommoRateLimitedException or KommoPermitUnavailableException or KommoConnectionException { Fate: RequestFate.NotSent };

    private static WriteOutcome OutcomeOf(KommoException e) => e.Fate switch
    {
        RequestFate.NotSent => WriteOutcome.NotSent,
        RequestFate.Refused => WriteOutcome.Failed,
        _ => WriteOutcome.Unknown,
    };

    private static WriteResult<TAnswer> Failure(
        Entry entry, WriteOutcome outcome, Exception error, IReadOnlyList<KommoFieldProblem>? problems = null) =>
        WriteResult<TAnswer>.Failure(entry.Position, entry.Item.RequestId, outcome, error, problems);

    private static WriteResult<TAnswer> Failure(Entry entry, KommoException error) =>
        Failure(entry, OutcomeOf(error), error, error is KommoValidationException refusal ? [.. refusal.Items.SelectMany(item => item.Errors)] : null);

    private void Fail(List<Entry> batch, WriteOutcome outcome, Exception error)
    {
        foreach (var entry in batch)
        {
            _results[entry.Position] = Failure(entry, outcome, error);
        }
    }

    /// <summary>What became of each item so far; those without an outcome were not sent.</summary>
    private List<WriteResult<TAnswer>> Results(OperationCanceledException e)
    {
        Fail(_sound.FindAll(entry => _results[entry.Position] is null), WriteOutcome.NotSent, e);
        return _results!;
    }

    private sealed record Entry(int Position, TItem Item);
}
