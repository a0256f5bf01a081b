using Kommo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Tests.Chats;

public sealed class ChatsTests
{
    private const string Scope = "/v2/origin/custom/ch-1_acc-1";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
    private static readonly ChatChannel Channel = new("ch-1", "channel-secret");
    private static readonly ChatUser Customer = new() { Id = "u", Name = "Ann", Profile = new() { Phone = "15550100" } };

    [Fact]
    public async Task What_is_signed_is_what_the_server_gets()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"account_id":"acc-1","scope_id":"ch-1_acc-1","title":"Shop","hook_api_version":"v2","is_time_window_disabled":false}"""),
            new Answer(200, "{}"),
            new Answer(204));
        var chats = Client(server);

        var connection = await chats.ConnectAsync(new() { AccountId = "acc-1", Title = "Shop" });
        Assert.True(await chats.DisconnectAsync("acc-1"));
        Assert.Empty(await chats.Scope(connection.ScopeId!).GetHistoryAsync("c-1"));

        Assert.Equal((Channel.ScopeOf("acc-1"), false), (connection.ScopeId, connection.IsTimeWindowDisabled));
        Assert.Equal(
            [
                ("POST", "/v2/origin/custom/ch-1/connect", """{"account_id":"acc-1","title":"Shop","hook_api_version":"v2"}"""),
                ("DELETE", "/v2/origin/custom/ch-1/disconnect", """{"account_id":"acc-1"}"""),
                ("GET", $"{Scope}/chats/c-1/history", ""),
            ],
            server.Calls());
        Assert.Equal(
            ["4a32f7c60ff5b16c1343ac8c01f3607a40b63487", "4a593054349c8356b422367c67dcf9a2b5b5d4d3", "fa788fcce4c237432b761dbca6ffabad97c5afa9"],
            server.Requests.Select(request => request.Headers["X-Signature"]));
        Assert.Equal(
            ["0669d540cfbebced934d188439d178e4", "67aee9eda0dfaa5337b3bc4229cb95e9", "d41d8cd98f00b204e9800998ecf8427e"],
            server.Requests.Select(request => request.Headers["Content-MD5"]));
        Assert.All(server.Requests, request =>
        {
            Assert.Equal("Tue, 14 Nov 2023 22:13:20 +0000", request.Headers["Date"]);
            Assert.Equal("application/json", request.Headers["Content-Type"]);
            Assert.DoesNotContain("Authorization", request.Headers.Keys);
        });
    }

    [Fact]
    public async Task A_chat_is_created_with_its_participant()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """{"id":"chat","user":{"id":"x","client_id":"u","name":"Ann"}}"""));

        var chat = await Client(server).Scope("ch-1_acc-1").CreateChatAsync(new() { ConversationId = "c-1", User = Customer, Source = new("shop") });

        Assert.Equal(("chat", "u"), (chat.Id, chat.User!.ClientId));
        Assert.Equal(
            [("POST", $"{Scope}/chats", """{"conversation_id":"c-1","user":{"id":"u","name":"Ann","profile":{"phone":"15550100"}},"source":{"external_id":"shop"}}""")],
            server.Calls());
    }

    [Fact]
    public async Task Messages_come_from_customers_go_to_them_and_are_edited()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"new_message":{"msgid":"k","ref_id":"m-1","conversation_id":"chat","sender_id":"x"}}"""),
            new Answer(200, """{"new_message":{"msgid":"k2","ref_id":"m-2","receiver_id":"x"}}"""),
            new Answer(200));
        var scope = Client(server).Scope("ch-1_acc-1");
        var message = new NewChatMessage { MessageId = "m-1", ConversationId = "c-1", SentAt = Now, Sender = Customer with { Profile = null }, Message = ChatContent.OfText("Hi") };

        var received = await scope.SendMessageAsync(message);
        var sent = await scope.SendMessageAsync(message with
        {
            MessageId = "m-2",
            Sender = new() { Id = "bot", Name = "Bot", RefId = "ref" },
            Receiver = new() { Id = "u" },
            Message = ChatContent.OfMedia("picture", new Uri("https://p/1.png"), "1.png", 9),
            ReplyTo = new() { Message = new() { MessageId = "m-1" } },
            Silent = true,
        });
        await scope.EditMessageAsync(new() { MessageId = "m-2", ConversationId = "c-1", EditedAt = Now, Message = ChatContent.OfText("Hello") });

        Assert.Equal(("k", "m-1", "x"), (received.MessageId, received.RefId, sent.ReceiverId));
        Assert.Equal(
            [
                ("POST", Scope, """{"event_type":"new_message","payload":{"msgid":"m-1","conversation_id":"c-1","msec_timestamp":1700000000123,"sender":{"id":"u","name":"Ann"},"message":{"type":"text","text":"Hi"},"silent":false,"timestamp":1700000000}}"""),
                ("POST", Scope, """{"event_type":"new_message","payload":{"msgid":"m-2","conversation_id":"c-1","msec_timestamp":1700000000123,"sender":{"id":"bot","name":"Bot","ref_id":"ref"},"receiver":{"id":"u"},"message":{"type":"picture","media":"https://p/1.png","file_name":"1.png","file_size":9},"reply_to":{"message":{"msgid":"m-1"}},"silent":true,"timestamp":1700000000}}"""),
                ("POST", Scope, """{"event_type":"edit_message","payload":{"msgid":"m-2","conversation_id":"c-1","msec_timestamp":1700000000123,"message":{"type":"text","text":"Hello"},"timestamp":1700000000}}"""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task Delivery_typing_and_reactions_are_told()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, "{}"), new Answer(200), new Answer(204), new Answer(200, "{}"), new Answer(200, "{}"));
        var scope = Client(server).Scope("ch-1_acc-1");
        var user = new ChatUserName { Id = "u" };

        await scope.SetDeliveryAsync("k", ChatDelivery.Read);
        await scope.SetDeliveryAsync("k", ChatDelivery.Failed(ChatDeliveryError.Other, "Full"));
        await scope.ShowTypingAsync(new() { ConversationId = "c-1", Sender = user, Duration = TimeSpan.FromSeconds(2) });
        await scope.ReactAsync(ChatReaction.React(user, "c-1", "m-1", "+"));
        await scope.ReactAsync(ChatReaction.Unreact(user, "c-1", "m-1"));

        Assert.Equal(
            [
                ("POST", $"{Scope}/k/delivery_status", """{"msgid":"k","status_code":2,"delivery_status":2}"""),
                ("POST", $"{Scope}/k/delivery_status", """{"error_code":905,"error":"Full","msgid":"k","status_code":-1,"delivery_status":-1}"""),
                ("POST", $"{Scope}/typing", """{"conversation_id":"c-1","sender":{"id":"u"},"duration_ms":2000}"""),
                ("POST", $"{Scope}/react", """{"type":"react","emoji":"\u002B","user":{"id":"u"},"conversation_id":"c-1","msgid":"m-1"}"""),
                ("POST", $"{Scope}/react", """{"type":"unreact","user":{"id":"u"},"conversation_id":"c-1","msgid":"m-1"}"""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task What_cannot_be_told_is_refused_before_anything_is_sent()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200));
        var scope = Client(server).Scope("ch-1_acc-1");

        Assert.Throws<ArgumentException>(() => ChatDelivery.Failed(ChatDeliveryError.Other));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            scope.ReactAsync(ChatReaction.React(new() { Id = "u" }, "c-1", "m-1", "+") with { MessageId = null }));
        var error = await Assert.ThrowsAsync<KommoLimitException>(() => scope.GetHistoryAsync("c-1", limit: 51));
        Assert.Contains("50", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_history_is_read_50_messages_at_a_time_until_it_ends()
    {
        const string Message = """{"timestamp":1700000000,"msec_timestamp":1700000000123,"sender":{"id":"x","client_id":"u"},"message":{"id":"k","client_id":"m","type":"text","text":"Hi"}}""";
        await using var server = await KommoServer.StartAsync(
            new Answer(200, $$"""{"messages":[{{string.Join(',', Enumerable.Repeat(Message, 50))}}]}"""),
            new Answer(200, $$"""{"messages":[{{Message}}]}"""));

        var messages = await Client(server).Scope("ch-1_acc-1").ListHistoryAsync("c-1").ToListAsync();

        Assert.Equal(51, messages.Count);
        Assert.Equal((Now, "u", "Hi"), (messages[0].SentAt, messages[0].Sender!.ClientId, messages[0].Message!.Text));
        Assert.Equal(["?limit=50&offset=0", "?limit=50&offset=50"], server.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task A_wrong_signature_is_a_missing_right_and_an_unknown_channel_nothing_to_disconnect()
    {
        await using var server = await KommoServer.StartAsync(
            Answer.Problem(403, """{"status":0,"error_code":"ORIGIN_INVALID_SIGNATURE","error_type":"x","error_description":"Invalid signature"}"""),
            Answer.Problem(404, """{"status":404}"""));
        var chats = Client(server);

        var error = await Assert.ThrowsAsync<KommoForbiddenException>(() => chats.ConnectAsync(new() { AccountId = "acc-1" }));

        Assert.Equal("ORIGIN_INVALID_SIGNATURE", error.Problem!.Code);
        Assert.DoesNotContain("acc-1", error.Message, StringComparison.Ordinal);
        Assert.False(await chats.DisconnectAsync("acc-1"));
    }

    [Fact]
    public async Task A_client_of_its_own_signs_through_the_pipeline_too()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, "{}"));

        await KommoChatsClient.Create(Channel, server.Address).Scope("ch-1_acc-1").SetDeliveryAsync("k", ChatDelivery.Delivered);

        Assert.Equal(40, server.Requests.Single().Headers["X-Signature"].Length);
        Assert.DoesNotContain("Authorization", server.Requests.Single().Headers.Keys);
        Assert.DoesNotContain("channel-secret", Channel.ToString(), StringComparison.Ordinal);
    }

    private static KommoChatsClient Client(KommoServer server) =>
        new(new HttpClient { BaseAddress = server.Address }, Channel, new FakeTimeProvider(Now));
}
