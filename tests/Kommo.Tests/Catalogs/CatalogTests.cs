using Kommo.Tests.Support;

namespace Kommo.Tests.Catalogs;

public sealed class CatalogTests
{
    [Fact]
    public async Task Lists_are_listed_read_created_and_changed()
    {
        const string List = """{"id":5,"name":"Oak","type":"regular","sort":10,"can_add_elements":true,"can_be_deleted":true,"created_at":1700000000,"new":1}""";
        await using var server = await KommoServer.StartAsync(
            new Answer(200, $$$"""{"_embedded":{"catalogs":[{{{List}}}]}}"""),
            new Answer(200, List),
            new Answer(200, """{"_embedded":{"catalogs":[{"id":6,"name":"New","request_id":"0"}]}}"""),
            new Answer(200, """{"_embedded":{"catalogs":[{"id":6,"name":"Newer"}]}}"""));
        var catalogs = server.BareClient().Catalogs;

        var listed = await catalogs.ListAsync().SingleAsync();
        var read = await catalogs.GetAsync(5);
        var created = await catalogs.CreateAsync(new NewCatalog { Name = "New", Type = CatalogTypes.Invoices, CanShowInCards = true });
        var updated = await catalogs.UpdateAsync(new CatalogUpdate { Id = 6, Name = "Newer" });

        Assert.Equal(("Oak", CatalogTypes.Regular, 10, true), (listed.Name, listed.Type, listed.Sort, listed.CanAddElements));
        Assert.Equal(1, read!.AdditionalFields!["new"].GetInt32());
        Assert.Equal((6, "Newer"), (created.Id, updated.Name));
        Assert.Equal(
            [
                ("GET", "/api/v4/catalogs", ""),
                ("GET", "/api/v4/catalogs/5", ""),
                ("POST", "/api/v4/catalogs", """[{"name":"New","type":"invoices","can_show_in_cards":true,"request_id":"0"}]"""),
                ("PATCH", "/api/v4/catalogs", """[{"name":"Newer","id":6,"request_id":"0"}]"""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task Elements_are_searched_with_what_is_asked_for()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_embedded":{"elements":[{"id":8,"catalog_id":5,"name":"Oak","invoice_link":"https://p/1","custom_fields_values":[{"field_id":1,"values":[{"value":"x"}]}]}]}}"""));

        var element = await server.BareClient().Catalogs.Elements(5).ListAsync(
            new() { With = CatalogElementWith.InvoiceLink | CatalogElementWith.SupplierFieldValues, Query = "oak", Ids = [8, 9] }).SingleAsync();

        Assert.Equal(("https://p/1", "x"), (element.InvoiceLink, element.CustomFields![0].Text));
        Assert.Equal("/api/v4/catalogs/5/elements", server.Requests.Single().Path);
        Assert.Equal(
            "?page=1&limit=250&with=invoice_link,supplier_field_values&query=oak&filter[id][]=8&filter[id][]=9", server.Requests.Single().Query);
    }

    [Fact]
    public async Task Elements_are_created_and_changed_and_found_by_request_ids_that_come_as_numbers()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"elements":[{"id":2,"request_id":1},{"id":1,"request_id":0}]}}"""),
            new Answer(200, """{"_embedded":{"elements":[{"id":2,"name":"b"},{"id":1,"name":"a"}]}}"""));
        var elements = server.BareClient().Catalogs.Elements(5);

        var created = await elements.CreateAsync([new() { Name = "a" }, new() { Name = "b" }]);
        var updated = await elements.UpdateAsync(
            [new() { Id = 1, CurrencyId = null }, new() { Id = 2, CustomFields = [CustomFieldValues.Clear(7)] }]);

        Assert.Equal([1, 2], created.Select(result => result.Answer!.Id));
        Assert.Equal(["a", "b"], updated.Select(result => result.Answer!.Name));
        Assert.Equal(
            [
                ("POST", "/api/v4/catalogs/5/elements", """[{"name":"a","request_id":"0"},{"name":"b","request_id":"1"}]"""),
                ("PATCH", "/api/v4/catalogs/5/elements", """[{"currency_id":null,"id":1,"request_id":"0"},{"custom_fields_values":[{"field_id":7,"values":null}],"id":2,"request_id":"1"}]"""),
            ],
            server.Calls());
    }

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    public async Task What_is_not_there_is_null(int status)
    {
        await using var server = await KommoServer.StartAsync(new Answer(status));
        var kommo = server.BareClient();

        Assert.Null(await kommo.Catalogs.GetAsync(1));
        Assert.Null(await kommo.Catalogs.Elements(1).GetAsync(2, CatalogElementWith.InvoiceLink));
        Assert.Null(await kommo.Products.GetSettingsAsync());
        Assert.Equal("?with=invoice_link", server.Requests[1].Query);
    }

    [Fact]
    public async Task An_element_that_Kommo_refuses_fails_with_its_problems_and_the_other_one_is_created()
    {
        await using var server = await BatchServer.StartAsync(
            (request, _) => request == 1 ? BatchServer.Refusal(("1", "custom_fields_values.0.field_id")) : null, "elements");

        var results = await server.BareClient().Catalogs.Elements(5)
            .CreateAsync([new() { Name = "a" }, new() { Name = "b" }]);

        Assert.Equal([WriteOutcome.Succeeded, WriteOutcome.Failed], results.Select(result => result.Outcome));
        Assert.Equal("custom_fields_values.0.field_id", results[1].Problems.Single().Path);
    }

    [Fact]
    public async Task Products_are_turned_on_and_currencies_listed()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"is_enabled":false,"catalog_id":5}"""),
            new Answer(200, """{"is_enabled":true,"catalog_id":5}"""),
            new Answer(200, """{"_embedded":{"currencies":[{"code":"EUR"}]}}"""));
        var kommo = server.BareClient();

        Assert.False((await kommo.Products.GetSettingsAsync())!.IsEnabled);
        Assert.True((await kommo.Products.UpdateSettingsAsync(new() { IsEnabled = true })).IsEnabled);
        Assert.Equal("EUR", (await kommo.Currencies.ListAsync().SingleAsync()).Code);
        Assert.Equal(
            [("GET", "/api/v4/products/settings", ""), ("PATCH", "/api/v4/products/settings", """{"is_enabled":true}"""), ("GET", "/api/v4/currencies", "")],
            server.Calls());
    }

    [Fact]
    public async Task The_custom_fields_of_a_list_are_below_it()
    {
        await using var server = await KommoServer.StartAsync(new Answer(204));

        await server.BareClient().Catalogs.CustomFields(5).DeleteAsync(6);

        Assert.Equal([("DELETE", "/api/v4/catalogs/5/custom_fields/6", "")], server.Calls());
    }
}
