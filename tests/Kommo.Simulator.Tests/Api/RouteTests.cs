using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

/// <summary>The catalogue of the API, route by route, and what each does with a request that says nothing.</summary>
public sealed class RouteTests
{
    private const string Catalogue = """
        GET /account
        GET /leads, /leads/{} | POST /leads, /leads/complex | PATCH /leads, /leads/{}
        GET /leads/unsorted, /leads/unsorted/{}, /leads/unsorted/summary | POST /leads/unsorted/sip, /leads/unsorted/forms, /leads/unsorted/{}/accept, /leads/unsorted/{}/link | DELETE /leads/unsorted/{}/decline
        GET /leads/pipelines, /leads/pipelines/{} | POST /leads/pipelines | PATCH /leads/pipelines/{} | DELETE /leads/pipelines/{}
        GET /leads/pipelines/{}/statuses, /leads/pipelines/{}/statuses/{} | POST /leads/pipelines/{}/statuses | PATCH /leads/pipelines/{}/statuses/{} | DELETE /leads/pipelines/{}/statuses/{}
        GET /leads/loss_reasons, /leads/loss_reasons/{} | POST /leads/loss_reasons
        GET /contacts, /contacts/{} | POST /contacts | PATCH /contacts, /contacts/{}
        GET /contacts/chats | POST /contacts/chats
        GET /companies, /companies/{} | POST /companies | PATCH /companies, /companies/{}
        GET /customers, /customers/{} | POST /customers | PATCH /customers, /customers/{}, /customers/mode
        GET /customers/transactions, /customers/transactions/{} | DELETE /customers/transactions/{} | POST /customers/{}/transactions, /customers/{}/bonus_points
        GET /customers/statuses, /customers/statuses/{} | POST /customers/statuses | PATCH /customers/statuses/{} | DELETE /customers/statuses/{}
        GET /customers/segments, /customers/segments/{} | POST /customers/segments | PATCH /customers/segments/{} | DELETE /customers/segments/{}
        GET /catalogs, /catalogs/{} | POST /catalogs | PATCH /catalogs
        GET /catalogs/{}/elements, /catalogs/{}/elements/{} | POST /catalogs/{}/elements | PATCH /catalogs/{}/elements
        GET /e/{}/links, /e/links | POST /e/{}/link, /e/{}/unlink, /e/link, /e/unlink
        GET /tasks, /tasks/{} | POST /tasks | PATCH /tasks, /tasks/{}
        GET /e/custom_fields, /e/custom_fields/{} | POST /e/custom_fields | PATCH /e/custom_fields, /e/custom_fields/{} | DELETE /e/custom_fields/{}
        GET /customers/segments/custom_fields | POST /customers/segments/custom_fields | GET /catalogs/{}/custom_fields | POST /catalogs/{}/custom_fields | DELETE /catalogs/{}/custom_fields/{}
        GET /e/custom_fields/groups, /e/custom_fields/groups/{} | POST /e/custom_fields/groups | PATCH /e/custom_fields/groups/{} | DELETE /e/custom_fields/groups/{}
        GET /e/tags | POST /e/tags
        GET /events, /events/{}, /events/types
        GET /e/notes, /e/{}/notes, /e/{}/notes/{} | POST /e/notes, /e/{}/notes, /e/{}/notes/{}/pin, /e/{}/notes/{}/unpin | PATCH /e/notes, /e/{}/notes, /e/{}/notes/{}
        POST /calls
        GET /users, /users/{}, /users/active, /users/inactive | POST /users
        GET /roles, /roles/{} | POST /roles | PATCH /roles/{} | DELETE /roles/{}
        GET /webhooks | POST /webhooks | DELETE /webhooks
        GET /widgets, /widgets/{} | POST /widgets/{} | DELETE /widgets/{}
        GET /sources, /sources/{} | POST /sources | PATCH /sources | DELETE /sources
        GET /website_buttons, /website_buttons/{} | POST /website_buttons, /website_buttons/{}/online_chat | PATCH /website_buttons/{}
        GET /talks, /talks/{} | POST /talks/{}/close
        POST /short_links
        GET /e/{}/files, /files/{}/links | PUT /e/{}/files | DELETE /e/{}/files
        GET /chats/templates, /chats/templates/{} | POST /chats/templates | PATCH /chats/templates, /chats/templates/{} | DELETE /chats/templates, /chats/templates/{} | POST /chats/templates/{}/review, /chats/templates/{}/review/{}
        GET /products/settings | PATCH /products/settings
        GET /currencies
        GET /leads/{}/subscriptions, /customers/{}/subscriptions
        GET /bots, /bots/{} | POST /bots/run, /bots/{}/run, /bots/{}/stop, /salesbot/{}/continue/{}, /marketingbot/{}/continue/{}
        """;

    private static readonly string[] Elsewhere =
    [
        "POST /api/v2/salesbot/run", "POST /api/v2/events", "POST /api/v2/sources/url", "POST /api/v2/sources/text", "POST /api/v2/sources/file", "POST /api/v2/agent/knowledges/products/import",
        "POST /v1.0/sessions", "POST /v1.0/sessions/upload/{}", "GET /v1.0/files", "GET /v1.0/files/{}", "PATCH /v1.0/files/{}",
        "DELETE /v1.0/files", "POST /v1.0/files/restore", "GET /v1.0/files/{}/versions", "POST /v2/origin/custom/{}/connect",
        "DELETE /v2/origin/custom/{}/disconnect", "POST /v2/origin/custom/{}/chats", "POST /v2/origin/custom/{}",
        "POST /v2/origin/custom/{}/{}/delivery_status", "GET /v2/origin/custom/{}/chats/{}/history", "POST /v2/origin/custom/{}/typing",
        "POST /v2/origin/custom/{}/react", "POST /oauth2/access_token", "GET /oauth2/account/current/subdomain",
    ];

    [Fact]
    public async Task Every_route_of_the_catalogue_is_served()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        HashSet<string> served = [.. account.Simulator.Routes.Select(Key)];
        Assert.Empty(Wanted().Except(served));
    }

    [Fact]
    public async Task The_control_route_lists_what_is_served()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        JsonArray listed = (await account.GetAsync("/_simulator/routes")).Json.AsArray();
        Assert.Equal(
            account.Simulator.Routes.Select(route => $"{route.Method} {route.Template}"),
            listed.Select(route => $"{route!["method"]} {route["template"]}"));
        Assert.All(account.Simulator.Routes, route => Assert.DoesNotContain(":long", route.Template, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_route_fails_of_itself_whatever_it_is_asked()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.StateFile = null);
        string[] bodies = ["", "[]", "{}", "[{}]", "[7]", """[{"id":1}]""", """{"id":"x","entity_id":[],"name":{},"settings":1}""", "null", "7", "{"];
        foreach (SimulatedRoute route in account.Simulator.Routes.Where(route => route.Template.StartsWith("/api", StringComparison.Ordinal)))
        {
            foreach (string body in route.Method == "GET" ? [""] : bodies)
            {
                string path = System.Text.RegularExpressions.Regex.Replace(route.Template, @"\{[^}]+\}", "1");
                Answer answer = await account.SendAsync(new HttpMethod(route.Method), path, route.Method == "GET" ? null : body);
                Assert.True(answer.Status < 500, $"{route.Method} {path} with {body}: {answer.Status}");
                Assert.NotEqual(405, answer.Status);
            }
        }
    }

    [Fact]
    public async Task Each_route_is_served_by_its_own_host_alone()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Uri drive = account.Simulator.DriveAddress;
        Assert.Equal(404, (await account.GetAsync("/v1.0/files")).Status);
        Assert.Equal(404, (await account.GetAsync(new Uri(drive, "/api/v4/account").ToString())).Status);
        Assert.Equal(204, (await account.GetAsync(new Uri(drive, "/v1.0/files").ToString())).Status);
        Assert.Equal($"{drive.Scheme}://{drive.Authority}", (await account.GetAsync("/api/v4/account?with=drive_url")).Json["drive_url"]!.ToString());
    }

    private static string Key(SimulatedRoute route) =>
        $"{route.Method} {System.Text.RegularExpressions.Regex.Replace(route.Template, @"\{[^}]+\}", "{}").TrimEnd('/')}";

    private static IEnumerable<string> Wanted()
    {
        foreach (string part in Catalogue.Split('\n', '|').Select(part => part.Trim()))
        {
            string method = part.Split(' ')[0];
            foreach (string path in part[method.Length..].Split(',').Select(path => path.Trim()))
            {
                string[] kinds = path.StartsWith("/e/", StringComparison.Ordinal) ? ["/leads/", "/contacts/", "/companies/", "/customers/"] : [path];
                foreach (string kind in kinds)
                {
                    yield return $"{method} /api/v4{(kind == path ? path : kind + path[3..])}";
                }
            }
        }

        foreach (string route in Elsewhere)
        {
            yield return route;
        }
    }
}
