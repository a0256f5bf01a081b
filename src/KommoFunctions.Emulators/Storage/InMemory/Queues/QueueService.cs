using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace KommoFunctions.Emulators.Storage.InMemory.Queues;

/// <summary>The queue service (Storage REST API: Operations on queues, Operations on messages).</summary>
internal sealed class QueueService(TimeProvider time)
{
    /// <summary>Bytes of a message's text as it is sent.</summary>
    private const int MaxMessage = 64 * 1024;

    private static readonly TimeSpan DefaultLife = TimeSpan.FromDays(7);

    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);

    public StorageAnswer Handle(StorageCall call) => (call.Method, call.Path.Split('/'), call.Query("comp")) switch
    {
        ("PUT", [var name], null) => Create(name, Metadata.Read(call)),
        ("DELETE", [var name], null) => _queues.Remove(name) ? new StorageAnswer(204) : throw Missing(),
        ("GET" or "HEAD", [var name], "metadata") => Metadata.Write(new StorageAnswer(200), Find(name).Metadata)
            .With("x-ms-approximate-messages-count", Find(name).Count.ToString(CultureInfo.InvariantCulture)),
        ("POST", [var name, "messages"], null) => Put(call, Find(name)),
        ("GET", [var name, "messages"], null) when call.Query("peekonly") is "true" => Answer(Find(name).Peek(Count(call)), peeked: true),
        ("GET", [var name, "messages"], null) =>
            Answer(Find(name).Get(Count(call), Seconds(call, "visibilitytimeout") ?? TimeSpan.FromSeconds(30)), peeked: false),
        ("DELETE", [var name, "messages"], null) => Clear(Find(name)),
        ("PUT", [var name, "messages", var id], null) => Update(call, Find(name), id),
        ("DELETE", [var name, "messages", var id], null) => Delete(call, Find(name), id),
        _ => throw call.NotImplemented(),
    };

    private StorageAnswer Create(string name, Dictionary<string, string> metadata)
    {
        if (_queues.TryAdd(name, new Queue(time, metadata)))
        {
            return new StorageAnswer(201);
        }

        return Metadata.AreEqual(_queues[name].Metadata, metadata)
            ? new StorageAnswer(204)
            : throw new StorageRefusal(409, "QueueAlreadyExists", "The specified queue already exists.");
    }

    private static StorageAnswer Put(StorageCall call, Queue queue)
    {
        var life = Seconds(call, "messagettl") ?? DefaultLife;
        var message = queue.Put(TextOf(call)!, Seconds(call, "visibilitytimeout") ?? TimeSpan.Zero, life == TimeSpan.FromSeconds(-1) ? null : life);
        return StorageAnswer.Xml(201, new XElement("QueueMessagesList", new XElement("QueueMessage", Common(message), Receipt(message))));
    }

    private static StorageAnswer Update(StorageCall call, Queue queue, string id)
    {
        var message = queue.Update(id, call.Query("popreceipt"), Seconds(call, "visibilitytimeout") ?? TimeSpan.Zero, call.Body.IsEmpty ? null : TextOf(call));
        return new StorageAnswer(204).With("x-ms-popreceipt", message.PopReceipt).With("x-ms-time-next-visible", message.VisibleAt.ToString("R"));
    }

    private static StorageAnswer Delete(StorageCall call, Queue queue, string id)
    {
        queue.Delete(id, call.Query("popreceipt"));
        return new StorageAnswer(204);
    }

    private static StorageAnswer Clear(Queue queue)
    {
        queue.Clear();
        return new StorageAnswer(204);
    }

    private static StorageAnswer Answer(IEnumerable<StoredMessage> messages, bool peeked) => StorageAnswer.Xml(200, new XElement(
        "QueueMessagesList",
        messages.Select(message => new XElement(
            "QueueMessage",
            Common(message),
            peeked ? null : Receipt(message),
            new XElement("DequeueCount", message.DequeueCount),
            new XElement("MessageText", message.Text)))));

    private static XElement[] Common(StoredMessage message) =>
    [
        new("MessageId", message.Id),
        new("InsertionTime", message.InsertedAt.ToString("R")),
        new("ExpirationTime", message.ExpiresAt.ToString("R")),
    ];

    private static XElement[] Receipt(StoredMessage message) =>
        [new("PopReceipt", message.PopReceipt), new("TimeNextVisible", message.VisibleAt.ToString("R"))];

    private static string? TextOf(StorageCall call)
    {
        // The SDK begins its XML with a byte order mark.
        var text = XElement.Load(new MemoryStream(call.Body.ToArray()), LoadOptions.PreserveWhitespace).Element("MessageText")?.Value;
        return text is null || Encoding.UTF8.GetByteCount(text) <= MaxMessage
            ? text
            : throw new StorageRefusal(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.");
    }

    private static int Count(StorageCall call) => call.Query("numofmessages") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 1;

    private static TimeSpan? Seconds(StorageCall call, string name) =>
        call.Query(name) is { } seconds ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : null;

    public void Clear()
    {
        foreach (var queue in _queues.Values)
        {
            queue.Clear();
        }
    }

    public Queue Find(string name) => _queues.GetValueOrDefault(name) ?? throw Missing();

    private static StorageRefusal Missing() => new(404, "QueueNotFound", "The specified queue does not exist.");
}
