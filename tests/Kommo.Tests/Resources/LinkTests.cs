using Kommo.Tests.Support;

namespace Kommo.Tests.Resources;

public sealed class LinkTests
{
    [Fact]
    public async Task Links_are_made_taken_away_and_listed_for_one_and_for_many()
    {
        await using var server = await KommoServer.StartAsync((request, context) => (request.Path.EndsWith("unlink", StringComparison.Ordinal)
            ? new Answer(204)
            : new Answer(200, """{"_embedded":{"links":[{"entity_id":1,"entity_type":"leads","to_entity_id":2,"to_entity_type":"contacts","metadata":{"main_contact":true}}]}}""")).WriteAsync(context));
        var links = server.BareClient().Leads.Links;

        var made = await links.LinkAsync(1, [Link.ToContact(2, isMain: true), Link.ToCatalogElement(3, 4, 1.5m)]);
        await links.UnlinkAsync(1, [Link.ToCompany(5)]);
        await links.LinkManyAsync([Link.ToContact(2) with { EntityId = 1 }]);
        await links.UnlinkManyAsync([Link.ToContact(2) with { EntityId = 1 }]);
        await links.ListAsync(1, new() { ToEntityType = EntityType.Contacts });
        await links.ListManyAsync([1, 6]);

        Assert.Equal((2, EntityType.Contacts), (made.Single().ToEntityId, made.Single().ToEntityType));
        Assert.Equal(
            [
                ("POST", "/api/v4/leads/1/link", "", """[{"to_entity_id":2,"to_entity_type":"contacts","metadata":{"is_main":true}},{"to_entity_id":4,"to_entity_type":"catalog_elements","metadata":{"catalog_id":3,"quantity":1.5}}]"""),
                ("POST", "/api/v4/leads/1/unlink", "", """[{"to_entity_id":5,"to_entity_type":"companies"}]"""),
                ("POST", "/api/v4/leads/link", "", """[{"entity_id":1,"to_entity_id":2,"to_entity_type":"contacts"}]"""),
                ("POST", "/api/v4/leads/unlink", "", """[{"entity_id":1,"to_entity_id":2,"to_entity_type":"contacts"}]"""),
                ("GET", "/api/v4/leads/1/links", "?filter[to_entity_type]=contacts", ""),
                ("GET", "/api/v4/leads/links", "?filter[entity_id][]=1&filter[entity_id][]=6", ""),
            ],
            server.Requests.Select(request => (request.Method, request.Path, request.Query, request.Body)));
    }

    [Fact]
    public async Task What_cannot_be_linked_is_refused_before_anything_is_sent()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200));
        var kommo = server.BareClient();

        await Assert.ThrowsAsync<ArgumentException>(() => kommo.Leads.Links.LinkAsync(1, [Link.ToCustomer(2)]));
        await Assert.ThrowsAsync<ArgumentException>(() => kommo.Leads.Links.LinkManyAsync([Link.ToContact(2)]));
        await Assert.ThrowsAsync<KommoLimitException>(() => kommo.Leads.Links.LinkAsync(1, [.. Enumerable.Repeat(Link.ToContact(2), 251)]));
        Assert.Empty(server.Requests);
    }
}
