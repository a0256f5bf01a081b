using System.Text;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Api;
using Kommo.Simulator.Documents;

namespace Kommo.Simulator.Drive;

/// <summary>A file as the drive shows it, and how the drive refuses.</summary>
internal static class DriveFiles
{
    public static Reply NotFound => Refused(404, "NOT_FOUND", "File not found");

    public static Reply Refused(int status, string type, string description) => Reply.Json(new JsonObject
    {
        ["status"] = 0,
        ["error_code"] = status,
        ["error_type"] = type,
        ["error_description"] = description,
    }, status);

    public static JsonObject By(Actor actor) => new() { ["id"] = actor.UserId, ["type"] = "internal" };

    public static string Sanitized(string name) =>
        new StringBuilder().Append([.. name.Select(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '.' or '-' ? symbol : '_')]).ToString();

    public static JsonObject Shown(JsonObject row, ApiRequest request)
    {
        JsonObject shown = row.Copy();
        shown.Remove("content");
        string download = $"{request.Origin}/v1.0/download/{row.Text("version_uuid")}/{Sanitized(row.Text("name"))}";
        JsonObject links = request.SelfLink($"/v1.0/files/{row.Text("uuid")}");
        links["download"] = new JsonObject { ["href"] = download };
        links["download_version"] = new JsonObject { ["href"] = download };
        shown["_links"] = links;
        return shown;
    }
}
