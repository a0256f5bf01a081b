using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>A bot to run or to stop.</summary>
/// <param name="Run">Which bot for which entity.</param>
/// <param name="IsStop">Whether it is to be stopped.</param>
internal sealed record BotAction(BotRun Run, bool IsStop)
{
    private const string Stopping = "stop";

    public string ToJson() => new JsonObject
    {
        ["action"] = IsStop ? Stopping : "run",
        ["bot"] = JsonSerializer.SerializeToNode(Run, KommoJson.TypeOf<BotRun>()),
    }.ToJsonString();

    public static BotAction? FromJson(string json) =>
        JsonNode.Parse(json) is JsonObject stored && stored["bot"].Deserialize(KommoJson.TypeOf<BotRun>()) is { } run
            ? new BotAction(run, stored["action"]?.GetValue<string>() == Stopping)
            : null;
}
