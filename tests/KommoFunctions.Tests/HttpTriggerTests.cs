namespace KommoFunctions.Tests;

public sealed class HttpTriggerTests
{
    [Theory]
    [InlineData("ReceiveHook", "post", HttpRoutes.Hook, "Anonymous")]
    [InlineData("ReceiveSalesbotRequest", "post", HttpRoutes.Salesbot, "Anonymous")]
    [InlineData("ReceiveChatHook", "post", HttpRoutes.Chat, "Anonymous")]
    [InlineData("ReceiveUninstall", "get", HttpRoutes.Uninstall, "Anonymous")]
    [InlineData("StartConnecting", "get", HttpRoutes.ConnectStart, "Anonymous")]
    [InlineData("FinishConnecting", "get", HttpRoutes.ConnectCallback, "Anonymous")]
    [InlineData("ListAccounts", "get", HttpRoutes.Accounts, "Function")]
    [InlineData("AddAccount", "post", HttpRoutes.Accounts, "Function")]
    [InlineData("GetAccount", "get", HttpRoutes.Account, "Function")]
    [InlineData("RemoveAccount", "delete", HttpRoutes.Account, "Function")]
    [InlineData("ListDeadLetters", "get", HttpRoutes.DeadLetters, "Function")]
    [InlineData("ReplayDeadLetter", "post", HttpRoutes.DeadLetterReplay, "Function")]
    [InlineData("DiscardDeadLetter", "delete", HttpRoutes.DeadLetter, "Function")]
    [InlineData("GetDeadLetter", "get", HttpRoutes.DeadLetter, "Function")]
    [InlineData("EditDeadLetter", "put", HttpRoutes.DeadLetterBody, "Function")]
    [InlineData("UndoDeadLetterEdit", "delete", HttpRoutes.DeadLetterBody, "Function")]
    [InlineData("ReplayDeadLetters", "post", HttpRoutes.DeadLettersReplay, "Function")]
    [InlineData("DiscardDeadLetters", "post", HttpRoutes.DeadLettersDiscard, "Function")]
    public async Task An_http_function_answers_at_its_route_to_whom_it_may(string function, string method, string route, string level)
    {
        var trigger = (await AppFunctions.TriggersAsync())[function];

        Assert.Equal("httpTrigger", trigger.GetProperty("type").GetString());
        Assert.Equal(method, Assert.Single(trigger.GetProperty("methods").EnumerateArray()).GetString());
        Assert.Equal(route, trigger.GetProperty("route").GetString());
        Assert.Equal(level, trigger.GetProperty("authLevel").GetString());
    }

    [Fact]
    public async Task Nothing_but_what_Kommo_or_an_administrators_browser_calls_is_open_to_everyone()
    {
        var open = (await AppFunctions.TriggersAsync())
            .Where(function => function.Value.TryGetProperty("authLevel", out var level) && level.GetString() == "Anonymous")
            .Select(function => function.Key);

        Assert.Equal(
            ["FinishConnecting", "ReceiveChatHook", "ReceiveHook", "ReceiveSalesbotRequest", "ReceiveUninstall", "StartConnecting"],
            open.Order(StringComparer.Ordinal));
    }
}
