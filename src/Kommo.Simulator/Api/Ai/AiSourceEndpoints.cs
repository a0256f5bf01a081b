using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Ai;

/// <summary>What Kommo AI knows: pages, texts and files, 100 of them for each function, and the products (Kommo: AI sources).</summary>
internal sealed class AiSourceEndpoints(ApiContext context)
{
    private const int MostSources = 100;
    private static readonly string[] Functions = ["agent", "suggested_reply"];
    private static readonly string[] Languages = ["en", "es", "pt", "ru"];

    private static readonly string[] Codes =
        ["contact_information", "privacy_policy", "return_and_refund_policy", "shipping_policy", "terms_of_service"];

    private readonly AccountStore _store = context.Store;

    private DocumentTable Table => _store.Documents.Table("ai_sources", 7_000_000);

    public void Map(RouteGroupBuilder old)
    {
        old.Serve("POST", "/sources/url", request => Add(request, "url", Url));
        old.Serve("POST", "/sources/text", request => Add(request, "text", Text));
        old.Serve("POST", "/sources/file", request => Add(request, "file", File));
        old.Serve("POST", "/agent/knowledges/products/import", _ => ImportProducts());
    }

    private Reply Add(ApiRequest request, string type, Func<ItemReader, string?> read)
    {
        if (request.Body is not JsonObject { Count: > 0 } body)
        {
            return Refused(400, "validation_error", "Request data can not be empty");
        }

        ItemReader item = new(body, 0);
        lock (_store.Gate)
        {
            string? name = read(item);
            string[] functions = [.. (item.Array("available_functions") ?? []).Select(one => one?.ToString() ?? "")];
            if (functions is not [var function] || !Functions.Contains(function))
            {
                item.NotAChoice("available_functions");
                function = "";
            }

            if (item.Text("code") is { } code && !Codes.Contains(code))
            {
                item.NotAChoice("code");
            }

            if (item.Errors is [var (_, path, detail), ..])
            {
                return Refused(400, "validation_error", $"{path}: {detail}");
            }

            if (Table.All.Any(row => row.Text("type") == type && row.Text("name") == name && row.Flag("with_nested") == (item.Flag("with_nested") ?? false)))
            {
                return Refused(409, "source_already_exists", "The source already exists");
            }

            if (Table.All.Count(row => row.Text("function") == function) >= MostSources)
            {
                return Refused(422, "limit_exceeded", $"Limit {MostSources} sources");
            }

            return Reply.Json(Keep(type, name!, function, item), 201);
        }
    }

    private JsonObject Keep(string type, string name, string function, ItemReader item)
    {
        JsonObject row = new()
        {
            ["id"] = Table.NextId(),
            ["name"] = name,
            ["type"] = type,
            ["status"] = "in_progress",
            ["code"] = item["code"]?.DeepClone(),
            ["with_nested"] = item.Flag("with_nested") ?? false,
            ["available_functions"] = new JsonArray(function),
            ["updated_at"] = _store.Now,
        };
        JsonObject kept = row.Copy();
        kept["function"] = function;
        Table.Put(kept);
        context.Sink.Touch();
        return row;
    }

    private static string? Url(ItemReader item)
    {
        string? url = item.Text("url", longest: 2048);
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || parsed.Scheme is not ("http" or "https"))
        {
            item.Fail("InvalidUrl", "url", "This value is not a valid URL.");
        }

        item.Flag("with_nested");
        return url;
    }

    private static string? Text(ItemReader item)
    {
        string? name = item.Text("name");
        if (string.IsNullOrEmpty(name))
        {
            item.Missing("name");
        }

        int longest = item.Array("available_functions") is [JsonValue one] && one.ToString() == "suggested_reply" ? 2000 : 5000;
        if (item.Text("text", longest) is not { Length: >= 10 })
        {
            item.Fail("TooShort", "text", "This value is too short. It should have 10 characters or more.");
        }

        Language(item);
        return name;
    }

    private string? File(ItemReader item)
    {
        string? uuid = item.Text("file_uuid");
        if (uuid is null || Drive.DriveTables.Files(_store).Find(uuid) is null)
        {
            item.NotAChoice("file_uuid");
        }

        Language(item);
        return item.Text("url", longest: 2048) ?? uuid;
    }

    private Reply ImportProducts()
    {
        lock (_store.Gate)
        {
            return _store.Setting("products_enabled")!.GetValue<bool>()
                ? Reply.Json(new JsonObject { ["code"] = 201, ["status"] = "success" }, 201)
                : Refused(422, "products_disabled", "The account has no products");
        }
    }

    private static void Language(ItemReader item)
    {
        if (!Languages.Contains(item.Text("lang")))
        {
            item.NotAChoice("lang");
        }
    }

    private static Reply Refused(int status, string reason, string detail) => Reply.Json(new JsonObject
    {
        ["code"] = status,
        ["status"] = "error",
        ["detail"] = detail,
        ["error_reason"] = reason,
    }, status);
}
