using System.Text.Json.Nodes;
using Kommo.Simulator.Api;

namespace Kommo.Simulator.Chats;

/// <summary>How the Chats API refuses (Kommo: Chats API, errors).</summary>
internal static class ChatReply
{
    public static Reply NotFound => Refused(404, "NOT_FOUND", "Not found");

    public static Reply Refused(int status, string type, string description) => Reply.Json(new JsonObject
    {
        ["status"] = 0,
        ["error_code"] = status,
        ["error_type"] = type,
        ["error_description"] = description,
    }, status);
}
