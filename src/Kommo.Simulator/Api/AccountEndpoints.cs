using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>The account, with what is asked for (Kommo: Account).</summary>
internal sealed class AccountEndpoints(ApiContext context)
{
    private readonly KommoSimulatorOptions _options = context.Store.Options;
    private readonly long _createdAt = context.Store.Now;

    public void Map(RouteGroupBuilder api) => api.Serve("GET", "/account", Get);

    private Reply Get(ApiRequest request)
    {
        JsonObject body = new()
        {
            ["id"] = _options.AccountId,
            ["name"] = _options.Subdomain,
            ["subdomain"] = _options.Subdomain,
            ["created_at"] = _createdAt,
            ["created_by"] = 0,
            ["updated_at"] = _createdAt,
            ["updated_by"] = 0,
            ["current_user_id"] = request.Actor.UserId,
            ["country"] = "US",
            ["currency"] = "USD",
            ["currency_symbol"] = "$",
            ["customers_mode"] = CustomersMode,
            ["is_unsorted_on"] = true,
            ["mobile_feature_version"] = 0,
            ["is_loss_reason_enabled"] = true,
            ["is_helpbot_enabled"] = false,
            ["is_technical_account"] = false,
            ["contact_name_display_order"] = 1,
        };
        foreach ((string name, JsonNode value) in Optional(request).Where(part => request.Query.With(part.Name)))
        {
            body[name] = value;
        }

        body["_links"] = request.SelfLink("/api/v4/account");
        JsonObject embedded = [];
        foreach ((string name, Func<JsonNode> value) in Embedded().Where(part => request.Query.With(part.Name)))
        {
            embedded[name] = value();
        }

        if (embedded.Count > 0)
        {
            body["_embedded"] = embedded;
        }

        return Reply.Hal(body);
    }

    private string CustomersMode
    {
        get
        {
            lock (context.Store.Gate)
            {
                return context.Store.Setting("customers_enabled")!.GetValue<bool>()
                    ? context.Store.Setting("customers_mode")!.GetValue<string>()
                    : "disabled";
            }
        }
    }

    private IEnumerable<(string Name, JsonNode Value)> Optional(ApiRequest request) =>
    [
        ("amojo_id", AccountCatalog.AmojoId),
        ("uuid", "00000000-0000-4000-8000-000000000a02"),
        ("version", 12),
        ("drive_url", (context.DriveAddress() ?? new Uri(request.Origin)).GetLeftPart(UriPartial.Authority)),
        ("is_api_filter_enabled", true),
    ];

    private IEnumerable<(string Name, Func<JsonNode> Value)> Embedded() =>
    [
        ("amojo_rights", () => new JsonObject { ["can_direct"] = true, ["can_create_groups"] = true }),
        ("users_groups", () => new JsonArray(new JsonObject { ["id"] = 0, ["name"] = "Sales", ["uuid"] = null })),
        ("task_types", () => AccountCatalog.TaskTypes.Select(type => new JsonObject
        {
            ["id"] = type.Id,
            ["name"] = type.Name,
            ["color"] = null,
            ["icon_id"] = null,
            ["code"] = type.Id switch { 1 => "FOLLOW_UP", 2 => "MEETING", _ => null },
        }).ToJsonArray()),
        ("entity_names", () => new JsonObject
        {
            ["leads"] = new JsonObject { ["en"] = new JsonObject { ["singular_form"] = "Lead", ["plural_form"] = "Leads" } },
        }),
        ("datetime_settings", DateTimeSettings),
        ("invoices_settings", () => new JsonObject { ["lang"] = "en", ["currency"] = "USD" }),
    ];

    private JsonObject DateTimeSettings() => new()
    {
        ["date_pattern"] = "d.m.Y H:i",
        ["short_date_pattern"] = "d.m.Y",
        ["short_time_pattern"] = "H:i",
        // Misspelt by the service.
        ["date_formant"] = "d.m.Y",
        ["time_format"] = "H:i:s",
        ["timezone"] = _options.TimeZone.Id,
        ["timezone_offset"] = Offset,
    };

    private string Offset
    {
        get
        {
            TimeSpan offset = _options.TimeZone.GetUtcOffset(_options.TimeProvider.GetUtcNow());
            return $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";
        }
    }
}
