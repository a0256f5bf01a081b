using System.Globalization;

namespace KommoFunctions.Emulators.Storage.InMemory.Queues;

/// <summary>The messages of one queue, in the order in which they become visible.</summary>
internal sealed class Queue(TimeProvider time, IReadOnlyDictionary<string, string> metadata)
{
    private static readonly TimeSpan LongestVisibility = TimeSpan.FromDays(7);

    private readonly List<StoredMessage> _messages = [];
    private long _receipts;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>How many there are, invisible ones included.</summary>
    public int Count => Living().Count;

    /// <summary>When the next message becomes visible; null without any.</summary>
    public DateTimeOffset? NextVisible => Living() is { Count: > 0 } messages ? messages.Min(message => message.VisibleAt) : null;

    public StoredMessage Put(string text, TimeSpan visibility, TimeSpan? life)
    {
        if (visibility < TimeSpan.Zero || visibility > LongestVisibility || visibility >= life || life <= TimeSpan.Zero)
        {
            throw OutOfRange();
        }

        var now = time.GetUtcNow();
        var message = new StoredMessage(Guid.CreateVersion7(now).ToString(), text, now, life is { } span ? now + span : DateTimeOffset.MaxValue)
        {
            VisibleAt = now + visibility,
            PopReceipt = NewReceipt(),
        };
        _messages.Add(message);
        return message;
    }

    public List<StoredMessage> Get(int count, TimeSpan visibility)
    {
        if (visibility <= TimeSpan.Zero || visibility > LongestVisibility)
        {
            throw OutOfRange();
        }

        var got = Peek(count);
        foreach (var message in got)
        {
            message.VisibleAt = time.GetUtcNow() + visibility;
            message.PopReceipt = NewReceipt();
            message.DequeueCount++;
        }

        return got;
    }

    public List<StoredMessage> Peek(int count)
    {
        if (count is < 1 or > 32)
        {
            throw OutOfRange();
        }

        var now = time.GetUtcNow();
        return [.. Living().Where(message => message.VisibleAt <= now).OrderBy(message => message.VisibleAt).Take(count)];
    }

    public StoredMessage Update(string id, string? receipt, TimeSpan visibility, string? text)
    {
        if (visibility < TimeSpan.Zero || visibility > LongestVisibility)
        {
            throw OutOfRange();
        }

        var message = Find(id, receipt);
        message.Text = text ?? message.Text;
        message.VisibleAt = time.GetUtcNow() + visibility;
        message.PopReceipt = NewReceipt();
        return message;
    }

    public void Delete(string id, string? receipt) => _messages.Remove(Find(id, receipt));

    public void Clear() => _messages.Clear();

    private StoredMessage Find(string id, string? receipt)
    {
        var message = Living().Find(message => message.Id == id) ?? throw new StorageRefusal(404, "MessageNotFound", "The specified message does not exist.");
        return message.PopReceipt == receipt
            ? message
            : throw new StorageRefusal(400, "PopReceiptMismatch", "The specified pop receipt did not match the pop receipt for a dequeued message.");
    }

    private List<StoredMessage> Living()
    {
        var now = time.GetUtcNow();
        _messages.RemoveAll(message => message.ExpiresAt <= now);
        return _messages;
    }

    private string NewReceipt() => Convert.ToBase64String(BitConverter.GetBytes(++_receipts));

    private static StorageRefusal OutOfRange() =>
        new(400, "OutOfRangeQueryParameterValue", "One of the query parameters specified in the request URI is outside the permissible range.");
}

/// <summary>A message in a queue.</summary>
internal sealed class StoredMessage(string id, string text, DateTimeOffset insertedAt, DateTimeOffset expiresAt)
{
    public string Id => id;

    public string Text { get; set; } = text;

    public DateTimeOffset InsertedAt => insertedAt;

    public DateTimeOffset ExpiresAt => expiresAt;

    public DateTimeOffset VisibleAt { get; set; }

    public string PopReceipt { get; set; } = "";

    public int DequeueCount { get; set; }
}
