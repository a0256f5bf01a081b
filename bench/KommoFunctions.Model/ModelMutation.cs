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
        new("unpark", "A parked message's row is removed, whatever was parked in it since", IsRemoval(TableNames.Holds, suspension: false), IgnoreVersion),
        new("repark", "A parked message's row is replaced, whatever is in it", IsReplacement(TableNames.Holds, suspension: false), IgnoreVersion),
        new("resume", "A suspension is removed, whatever another process found out since", IsRemoval(TableNames.Holds, suspension: true), IgnoreVersion),
        new("prolong", "A suspension is replaced, whatever another process found out since", IsReplacement(TableNames.Holds, suspension: true), IgnoreVersion),
        new("discard", "A dead letter is removed, whatever became of it since", IsRemoval(TableNames.DeadLetters), IgnoreVersion),
        new("stamp", "An insert whose answer was lost counts as somebody else's", IsInsert(TableNames.Holds), RemoveStamp),
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

    private static Predicate<Request> IsRemoval(string table, bool? suspension = null) => Concerns(RequestMethod.Delete, table, suspension);

    private static Predicate<Request> IsReplacement(string table, bool? suspension = null) => Concerns(RequestMethod.Put, table, suspension);

    private static Predicate<Request> IsInsert(string table) => Concerns(RequestMethod.Post, table, suspension: null);

    private static Predicate<Request> Concerns(RequestMethod method, string table, bool? suspension) => request =>
        request.Method == method
        && Uri.UnescapeDataString(request.Uri.Path).TrimStart('/') is var path
        && (path == table || path.StartsWith($"{table}(", StringComparison.Ordinal))
        && (suspension is null || path.Contains("PartitionKey='hold'", StringComparison.Ordinal) == suspension);

    private static void IgnoreVersion(Request request) => request.Headers.SetValue("If-Match", "*");

    private static void RemoveStamp(Request request)
    {
        using var body = new MemoryStream();
        request.Content!.WriteTo(body, CancellationToken.None);
        var row = JsonNode.Parse(body.ToArray())!.AsObject();
        row.Remove("Stamp");
        request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(row));
    }
}
