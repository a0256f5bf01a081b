using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using KommoFunctions.Storage;

namespace KommoFunctions.Model;

/// <summary>
/// A fault of the core that the model must find: it changes what a process asks of storage to what it would ask if a protection were missing. That the model
/// finds nothing in the core says something only as long as it finds these.
/// </summary>
internal sealed class ModelMutation : HttpPipelineSynchronousPolicy
{
    private readonly Predicate<Request> _concerns;
    private readonly Action<Request> _change;

    private ModelMutation(string name, string missing, Predicate<Request> concerns, Action<Request> change) =>
        (Name, Missing, _concerns, _change) = (name, missing, concerns, change);

    public static IReadOnlyList<ModelMutation> All { get; } =
    [
        new(
            "unpark",
            "A parked message's row is removed, whatever was parked in it since",
            request => Concerns(request, RequestMethod.Delete, TableNames.Holds) && !request.Uri.Path.Contains("hold", StringComparison.Ordinal),
            request => request.Headers.SetValue("If-Match", "*")),
        new(
            "mark",
            "A dead letter is marked as replayed even if it is gone",
            request => Concerns(request, RequestMethod.Patch, TableNames.DeadLetters),
            request => request.Headers.Remove("If-Match")),
        new(
            "stamp",
            "An insert whose answer was lost counts as somebody else's",
            request => Concerns(request, RequestMethod.Post, TableNames.Holds),
            RemoveStamp),
    ];

    /// <summary>The name by which a run is asked for it.</summary>
    public string Name { get; }

    /// <summary>What is wrong with it.</summary>
    public string Missing { get; }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (_concerns(message.Request))
        {
            _change(message.Request);
        }
    }

    /// <summary>Whether it is a request of this kind for a row of the table.</summary>
    private static bool Concerns(Request request, RequestMethod method, string table) =>
        request.Method == method && request.Uri.Path.Trim('/').Split('(')[0] == table;

    private static void RemoveStamp(Request request)
    {
        using var body = new MemoryStream();
        request.Content!.WriteTo(body, CancellationToken.None);
        var row = JsonNode.Parse(body.ToArray())!.AsObject();
        row.Remove("Stamp");
        request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(row));
    }
}
