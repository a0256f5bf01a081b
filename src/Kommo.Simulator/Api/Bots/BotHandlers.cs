using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator.Api.Bots;

/// <summary>
/// What a widget may have a bot do next: at most 10 handlers that show or go to; texts of 80 characters, 25 buttons (Kommo:
/// Salesbot, continue).
/// </summary>
internal static class BotHandlers
{
    private const int MostHandlers = 10;
    private const int LongestText = 80;
    private const int MostButtons = 25;

    public static void Check(ItemReader item)
    {
        if (item["data"] is { } data && data is not JsonObject)
        {
            item.Fail("InvalidType", "data", "This value should be of type array.");
        }

        if (item.Array("execute_handlers") is not { } handlers)
        {
            return;
        }

        if (handlers.Count > MostHandlers)
        {
            item.TooMany("execute_handlers", MostHandlers);
        }

        for (int index = 0; index < handlers.Count; index++)
        {
            Check(item, handlers[index] as JsonObject ?? [], $"execute_handlers.{index}");
        }
    }

    private static void Check(ItemReader item, JsonObject handler, string path)
    {
        JsonObject given = handler.Object("params");
        switch (handler.Text("handler"))
        {
            case "show":
                CheckShow(item, given, $"{path}.params");
                break;
            case "goto":
                if (given["step"]?.GetValueKind() != JsonValueKind.Number)
                {
                    item.Missing($"{path}.params.step");
                }

                break;
            default:
                item.NotAChoice($"{path}.handler");
                break;
        }
    }

    private static void CheckShow(ItemReader item, JsonObject given, string path)
    {
        if (given.Text("type") is not ("text" or "buttons" or "buttons_url"))
        {
            item.NotAChoice($"{path}.type");
        }

        string text = given.Text("value");
        if (text.Length is 0 or > LongestText)
        {
            item.Fail(text.Length == 0 ? "FieldMissing" : "TooLong", $"{path}.value", $"This value should have 1 to {LongestText} characters.");
        }

        if (given.List("buttons").Count > MostButtons)
        {
            item.TooMany($"{path}.buttons", MostButtons);
        }
    }
}
