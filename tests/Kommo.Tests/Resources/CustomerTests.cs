using Kommo.Tests.Support;

namespace Kommo.Tests.Resources;

public sealed class CustomerTests
{
    [Fact]
    public async Task A_change_is_found_although_Kommo_answers_it_under_the_name_of_leads()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """{"_embedded":{"leads":[{"id":9,"request_id":"0"}]}}"""));

        var results = await server.BareClient().Customers.UpdateAsync([new CustomerUpdate { Id = 9, NextPrice = null }]);

        Assert.Equal(9, results.ThrowIfAnyFailed().Single().Id);
        Assert.Equal("""[{"next_price":null,"id":9,"request_id":"0"}]""", server.Requests.Single().Body);
    }

    [Fact]
    public async Task Purchases_points_and_the_mode_have_routes_of_their_own()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"transactions":[{"id":4,"price":100,"customer_id":9,"request_id":"0"}]}}"""),
            new Answer(200, """{"bonus_points":120}"""),
            new Answer(200, """{"mode":"segments","is_enabled":true}"""));
        var customers = server.BareClient().Customers;

        var purchase = await customers.Transactions.CreateAsync(9, new NewTransaction { Price = 100 }, accrueBonus: false);
        var points = await customers.RedeemBonusPointsAsync(9, 20);
        var mode = await customers.SetModeAsync(CustomersMode.Segments);

        Assert.Equal((4, 100m, 120, "segments"), (purchase.Id, purchase.Price, points, mode.Mode));
        Assert.Equal(
            [
                ("POST", "/api/v4/customers/9/transactions", "?accrue_bonus=false", """[{"price":100,"request_id":"0"}]"""),
                ("POST", "/api/v4/customers/9/bonus_points", "", """{"redeem":20}"""),
                ("PATCH", "/api/v4/customers/mode", "", """{"mode":"segments","is_enabled":true}"""),
            ],
            server.Requests.Select(request => (request.Method, request.Path, request.Query, request.Body)));
    }

    [Fact]
    public async Task A_segment_is_written_as_one_object()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """{"id":3,"name":"Big","color":"ff0000","customers_count":2}"""));

        var segment = await server.BareClient().Customers.Segments.CreateAsync(new NewSegment { Name = "Big" });

        Assert.Equal((3, 2), (segment.Id, segment.CustomersCount));
        Assert.Equal("""{"name":"Big"}""", server.Requests.Single().Body);
    }
}
