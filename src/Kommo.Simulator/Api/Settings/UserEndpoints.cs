using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Settings;

/// <summary>Users (at most 10 in one write, 100 in the account) and their roles (Kommo: Users).</summary>
internal sealed class UserEndpoints(ApiContext context)
{
    private readonly AccountStore _store = context.Store;

    private DocumentTable Roles => _store.Documents.Table("roles", 4_700_000);

    public void Map(RouteGroupBuilder api)
    {
        context.Map(api, Users("/users", _ => true), Verbs.Read | Verbs.Create);
        context.Map(api, Users("/users/active", IsActive), Verbs.List);
        context.Map(api, Users("/users/inactive", row => !IsActive(row)), Verbs.List);
        api.Serve("POST", "/roles", request => Guarded(request, () => context.Batch.Many(request, "roles", item => Role(request, item, null), 201)));
        api.Serve("PATCH", "/roles/{id:long}", UpdateRole);
        context.Map(api, RoleResource(), Verbs.Read | Verbs.Delete);
    }

    private static bool IsActive(JsonObject user) => user.Object("rights").Flag("is_active");

    private Resource Users(string path, Func<JsonObject, bool> matches) => new()
    {
        Name = "users",
        Path = path,
        Table = _ => _store.Users,
        Fields =
        [
            Field.Named(), Field.Text("email").Needed(), Field.Text("password").Needed(),
            Field.Choice("lang", "en", "en", "es", "pt", "ru", "id", "tr"), Field.Object("rights"),
        ],
        HasTimes = false,
        HasAccount = false,
        HasTotals = true,
        AnswersWhole = true,
        ReadsNeedAdmin = true,
        WritesNeedAdmin = true,
        CreateStatus = 201,
        MostItems = 10,
        MostRows = (100, "users per account"),
        Matches = (row, _) => matches(row),
        Check = CheckUser,
        Show = ShowUser,
    };

    private void CheckUser(Draft draft)
    {
        draft.Row.Remove("password");
        draft.Row["rights"] = AccountSeeds.Rights(draft.Row.Object("rights").Flag("is_admin"), draft.Row["rights"]);
        if (_store.Users.All.Any(user => user.Text("email") == draft.Row.Text("email")))
        {
            draft.Item.Fail("NotUnique", "email", "This value is already used.");
        }

        if (draft.Row.Object("rights").LongOrNone("role_id") is { } role && Roles.Find(role) is null)
        {
            draft.Item.NotAChoice("rights.role_id");
        }
    }

    private void ShowUser(JsonObject row, ApiRequest request)
    {
        row["_links"] = request.SelfLink($"/api/v4/users/{row.Text("id")}");
        if (request.Query.With("uuid"))
        {
            row["uuid"] = $"00000000-0000-4000-8000-0000{row.Id():x8}";
        }

        if (request.Query.With("amojo_id"))
        {
            row["amojo_id"] = AccountCatalog.AmojoUser(row.Id());
        }

        JsonObject embedded = [];
        if (request.Query.With("role"))
        {
            JsonObject? role = row.Object("rights").LongOrNone("role_id") is { } id ? Roles.Find(id) : null;
            embedded["roles"] = role is null
                ? []
                : new JsonArray(new JsonObject { ["id"] = role.Id(), ["name"] = role.Text("name"), ["_links"] = request.SelfLink($"/api/v4/roles/{role.Text("id")}") });
        }

        if (request.Query.With("group"))
        {
            embedded["groups"] = row.Object("rights").LongOrNone("group_id") is { } group
                ? new JsonArray(new JsonObject { ["id"] = group, ["name"] = "Sales" })
                : [];
        }

        if (embedded.Count > 0)
        {
            row["_embedded"] = embedded;
        }
    }

    private Resource RoleResource() => new()
    {
        Name = "roles",
        Path = "/roles",
        Table = _ => Roles,
        Fields = [],
        HasTotals = true,
        ReadsNeedAdmin = true,
        WritesNeedAdmin = true,
        Show = ShowRole,
    };

    private void ShowRole(JsonObject row, ApiRequest request)
    {
        row["_links"] = request.SelfLink($"/api/v4/roles/{row.Text("id")}");
        if (request.Query.With("users"))
        {
            row["_embedded"] = new JsonObject
            {
                ["users"] = _store.Users.All.Where(user => user.Object("rights").LongOrNone("role_id") == row.Id()).Select(user => user.Id()).ToIds(),
            };
        }
    }

    // A role is changed with 202 and answered whole, which no other resource does for one row.
    private Reply UpdateRole(ApiRequest request) => Guarded(request, () => Roles.Find(request.Route("id")) is { } row
        ? context.Batch.One(request, item => Role(request, item, row), 202)
        : Reply.NotFound);

    private Func<JsonObject> Role(ApiRequest request, ItemReader item, JsonObject? before)
    {
        string? name = item.Text("name");
        if (before is null && string.IsNullOrEmpty(name))
        {
            item.Missing("name");
        }

        if (before is null && item["rights"] is not JsonObject)
        {
            item.Missing("rights");
        }

        return () =>
        {
            JsonObject row = new()
            {
                ["id"] = before?.Id() ?? Roles.NextId(),
                ["name"] = name ?? before?.Text("name"),
                ["rights"] = (item["rights"] ?? before?["rights"])?.DeepClone(),
            };
            Roles.Put(row);
            context.Sink.Touch();
            JsonObject shown = row.Copy();
            ShowRole(shown, request);
            shown["request_id"] = item.RequestId;
            return shown;
        };
    }

    private Reply Guarded(ApiRequest request, Func<Reply> serve)
    {
        lock (_store.Gate)
        {
            return _store.IsAdmin(request.Actor.UserId) ? serve() : Reply.Forbidden;
        }
    }
}
