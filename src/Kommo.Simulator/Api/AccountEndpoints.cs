using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;

namespace Kommo.Simulator.Api;

/// <summary>The account and its users (Kommo: Account, Users).</summary>
internal sealed class AccountEndpoints(KommoSimulatorOptions options)
{
    private readonly long _createdAt = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();

    public Reply Get(ApiRequest request)
    {
        JsonObject body = new()
        {
            ["id"] = options.AccountId,
            ["name"] = options.Subdomain,
            ["subdomain"] = options.Subdomain,
            ["created_at"] = _createdAt,
            ["created_by"] = 0,
            ["updated_at"] = _createdAt,
            ["updated_by"] = 0,
            ["current_user_id"] = request.Actor.UserId,
            ["country"] = "US",
            ["currency"] = "USD",
            ["currency_symbol"] = "$",
            ["customers_mode"] = "unavailable",
            ["is_unsorted_on"] = true,
            ["mobile_feature_version"] = 0,
            ["is_loss_reason_enabled"] = true,
            ["is_helpbot_enabled"] = false,
            ["is_technical_account"] = false,
            ["contact_name_display_order"] = 1,
        };
        AddWith(body, request.Query);
        body["_links"] = request.SelfLink("/api/v4/account");
        JsonObject embedded = Embedded(request.Query);
        if (embedded.Count > 0)
        {
            body["_embedded"] = embedded;
        }

        return Reply.Hal(body);
    }

    public static Reply Users(ApiRequest request) =>
        PagedReply.Of(request, "users", AccountCatalog.Users, user => User(user, request), totals: true);

    public static Reply GetUser(ApiRequest request) =>
        AccountCatalog.FindUser(request.Route("id")) is { } user ? Reply.Hal(User(user, request)) : Reply.NoContent;

    private static void AddWith(JsonObject body, ListQuery query)
    {
        (string Name, JsonNode Value)[] optional =
        [
            ("amojo_id", "00000000-0000-4000-8000-000000000a01"),
            ("uuid", "00000000-0000-4000-8000-000000000a02"),
            ("version", 12),
            ("drive_url", "https://drive-c.kommo.com"),
            ("is_api_filter_enabled", true),
            ("amojo_rights", new JsonObject { ["can_direct"] = true, ["can_create_groups"] = true }),
            ("entity_names", new JsonObject
            {
                ["leads"] = new JsonObject { ["en"] = new JsonObject { ["singular_form"] = "Lead", ["plural_form"] = "Leads" } },
            }),
            ("invoices_settings", new JsonObject { ["lang"] = "en" }),
        ];
        foreach ((string name, JsonNode value) in optional.Where(part => query.With(part.Name)))
        {
            body[name] = value;
        }
    }

    private JsonObject Embedded(ListQuery query)
    {
        JsonObject embedded = [];
        if (query.With("users_groups"))
        {
            embedded["users_groups"] = new JsonArray(new JsonObject { ["id"] = 0, ["name"] = "Sales", ["uuid"] = null });
        }

        if (query.With("task_types"))
        {
            embedded["task_types"] = new JsonArray([.. AccountCatalog.TaskTypes.Select(type => new JsonObject
            {
                ["id"] = type.Id,
                ["name"] = type.Name,
                ["color"] = null,
                ["icon_id"] = null,
                ["code"] = type.Id switch { 1 => "FOLLOW_UP", 2 => "MEETING", _ => null },
            })]);
        }

        if (query.With("datetime_settings"))
        {
            embedded["datetime_settings"] = new JsonObject
            {
                ["date_pattern"] = "d.m.Y H:i",
                ["short_date_pattern"] = "d.m.Y",
                ["short_time_pattern"] = "H:i",
                ["date_format"] = "d.m.Y",
                ["time_format"] = "H:i:s",
                ["timezone"] = options.TimeZone.Id,
                ["timezone_offset"] = $"{options.TimeZone.GetUtcOffset(options.TimeProvider.GetUtcNow()):hh\\:mm}",
            };
        }

        return embedded;
    }

    private static JsonObject User(AccountUser user, ApiRequest request)
    {
        JsonObject body = new()
        {
            ["id"] = user.Id,
            ["name"] = user.Name,
            ["email"] = user.Email,
            ["lang"] = "en",
            ["rights"] = new JsonObject
            {
                ["is_admin"] = user.IsAdmin,
                ["is_free"] = false,
                ["is_active"] = true,
                ["group_id"] = null,
                ["role_id"] = null,
            },
            ["_links"] = request.SelfLink($"/api/v4/users/{user.Id}"),
        };
        if (request.Query.With("role") || request.Query.With("group"))
        {
            body["_embedded"] = new JsonObject { ["roles"] = new JsonArray(), ["groups"] = new JsonArray() };
        }

        return body;
    }
}
