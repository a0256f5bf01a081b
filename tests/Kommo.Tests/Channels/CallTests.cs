using Kommo.Tests.Support;

namespace Kommo.Tests.Channels;

public sealed class CallTests
{
    private static readonly NewCall Call = new()
    {
        Direction = CallDirection.Inbound,
        Phone = "+15550100",
        Duration = TimeSpan.FromSeconds(61),
        Source = "PBX",
    };

    [Fact]
    public async Task A_call_is_logged_with_all_that_is_known_of_it()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_total_items":1,"errors":[],"_embedded":{"calls":[{"id":3,"entity_id":9,"entity_type":"contact","account_id":1,"request_id":"0"}]}}"""));

        var logged = await server.BareClient().Calls.CreateAsync(Call with
        {
            Uniq = "u",
            Link = new Uri("https://r/1.mp3"),
            CallResponsible = "77",
            CallResult = "Agreed",
            CallStatus = CallStatus.Talked,
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        });

        Assert.Equal((3, 9, EntityType.Contacts), (logged.Id, logged.EntityId, logged.EntityType));
        Assert.Equal(
            [("POST", "/api/v4/calls", """[{"direction":"inbound","phone":"\u002B15550100","duration":61,"source":"PBX","uniq":"u","link":"https://r/1.mp3","call_responsible":77,"call_result":"Agreed","call_status":4,"created_at":1700000000,"request_id":"0"}]""")],
            server.Calls());
    }

    [Fact]
    public async Task A_call_that_Kommo_could_not_log_fails_alone_and_the_others_are_logged()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200,
            """{"_total_items":1,"errors":[{"request_id":"0","title":"Entity not found","status":263,"detail":"nobody has this number"}],"_embedded":{"calls":[{"id":3,"request_id":"1"}]}}"""));

        var results = await server.BareClient().Calls.CreateAsync([Call, Call]);

        Assert.Equal([WriteOutcome.Failed, WriteOutcome.Succeeded], results.Select(result => result.Outcome));
        Assert.IsType<KommoValidationException>(results[0].Error);
        Assert.Equal(("263", "nobody has this number"), (results[0].Problems.Single().Code, results[0].Problems.Single().Detail));
        Assert.DoesNotContain("number", results[0].Error!.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_request_of_which_nothing_was_logged_fails_item_by_item_and_is_not_sent_again()
    {
        await using var server = await KommoServer.StartAsync(Answer.Problem(
            400, """{"_total_items":0,"errors":[{"request_id":0,"title":"Entity not found","status":263},{"request_id":"1","title":"Entity not found","status":263}]}"""));

        var results = await server.BareClient().Calls.CreateAsync([Call, Call]);

        Assert.All(results, result => Assert.Equal((WriteOutcome.Failed, "263"), (result.Outcome, result.Problems.Single().Code)));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task One_call_that_was_not_logged_is_a_validation_error()
    {
        await using var server = await KommoServer.StartAsync(new Answer(
            200, """{"_total_items":0,"errors":[{"request_id":"0","status":263}],"_embedded":{"calls":[]}}"""));

        var error = await Assert.ThrowsAsync<KommoValidationException>(() => server.BareClient().Calls.CreateAsync(Call));

        Assert.Equal((RequestFate.Refused, "263"), (error.Fate, error.Items.Single().Errors.Single().Code));
    }

    [Fact]
    public async Task An_incoming_call_is_told_as_a_form()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"items":[{"uid":"x","phone_number":15550100,"element_id":9,"element_type":2}]}}"""),
            new Answer(200, """{"_embedded":{"items":[]}}"""),
            new Answer(204));
        var calls = server.BareClient().Calls;

        var notice = await calls.NotifyIncomingAsync("+15550100", [7, 8]);

        Assert.Equal(("x", "15550100", 9, 2), (notice!.Uid, notice.PhoneNumber, notice.ElementId, notice.ElementType));
        var request = server.Requests.Single();
        Assert.Equal(("POST", "/api/v2/events/", "application/x-www-form-urlencoded"), (request.Method, request.Path, request.Headers["Content-Type"]));
        Assert.Equal(
            "add[0][type]=phone_call&add[0][phone_number]=+15550100&add[0][users][]=7&add[0][users][]=8", Uri.UnescapeDataString(request.Body));
        Assert.Contains("%2B15550100", request.Body, StringComparison.Ordinal);
        Assert.Null(await calls.NotifyIncomingAsync("1"));
        Assert.Null(await calls.NotifyIncomingAsync("1"));
    }
}
