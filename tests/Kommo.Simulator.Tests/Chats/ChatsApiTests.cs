#pragma warning disable CA5350, CA5351 // Kommo signs chats with SHA-1 over MD5.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;
using Kommo.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Simulator.Tests.Chats;

public sealed class ChatsApiTests
{
    private const string Account = "00000000-0000-4000-8000-000000000a01";

    [Fact]
    public async Task A_channel_is_connected_and_disconnected()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(Account, (await account.GetAsync("/api/v4/account?with=amojo_id")).Json["amojo_id"]!.ToString());
        Answer connected = await ConnectAsync(account);
        Assert.Equal((200, Scope(account)), (connected.Status, connected.Json["scope_id"]!.ToString()));
        Assert.Equal(("v2", "Test"), (connected.Json["hook_api_version"]!.ToString(), connected.Json["title"]!.ToString()));
        string body = $$"""{"account_id":"{{Account}}"}""";
        Assert.Equal(200, (await ChatAsync(account, "DELETE", $"/{account.Simulator.Options.ChatChannelId}/disconnect", body)).Status);
        Assert.Equal(404, (await ChatAsync(account, "POST", $"/{Scope(account)}", Message("c", "m", "x"))).Status);
        Assert.Equal(404, (await ChatAsync(account, "POST", "/other/connect", body)).Status);
    }

    [Fact]
    public async Task A_clients_message_makes_a_chat_a_contact_a_talk_and_an_incoming_lead()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await ConnectAsync(account);
        Answer sent = await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-1", "Hello"));
        JsonNode told = sent.Json["new_message"]!;
        Assert.Equal((200, "m-1"), (sent.Status, told["ref_id"]!.ToString()));
        long contact = account.Simulator.Contacts.Single().Id;
        Assert.Equal("Client", account.Simulator.Contacts.Single().Name);
        JsonNode incoming = (await account.GetAsync("/api/v4/leads/unsorted")).Embedded("unsorted").Single()!;
        Assert.Equal("chats", incoming["category"]!.ToString());
        JsonNode talk = (await account.GetAsync("/api/v4/talks")).Embedded("talks").Single()!;
        Assert.Equal((contact, told["conversation_id"]!.ToString(), true), (talk["contact_id"]!.GetValue<long>(), talk["chat_id"]!.ToString(), talk["is_in_work"]!.GetValue<bool>()));
        Assert.Equal(contact, (await account.GetAsync($"/api/v4/contacts/chats?chat_id={talk["chat_id"]}")).Embedded("chats").Single()!["contact_id"]!.GetValue<long>());
        Assert.Contains((await account.GetAsync("/api/v4/events")).Embedded("events"), one => one!["type"]!.ToString() == "incoming_chat_message");
        await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-1", "Hello"));
        await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-2", "Anybody?"));
        JsonArray history = (await ChatAsync(account, "GET", $"/{Scope(account)}/chats/conv-1/history?limit=50", "")).Json["messages"]!.AsArray();
        Assert.Equal(["Anybody?", "Hello"], history.Select(message => message!["message"]!["text"]!.ToString()));
        Assert.Single((await account.GetAsync("/api/v4/talks")).Embedded("talks"));
    }

    [Fact]
    public async Task A_chat_made_beforehand_belongs_to_the_contact_that_it_was_given()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await ConnectAsync(account);
        long contact = account.Simulator.CreateContacts(1, "Known")[0];
        Answer made = await ChatAsync(account, "POST", $"/{Scope(account)}/chats", """{"conversation_id":"conv-9","user":{"id":"client-1","name":"Client","profile":{"phone":"+1"}}}""");
        Assert.Equal((200, "client-1"), (made.Status, made.Json["user"]!["client_id"]!.ToString()));
        Assert.Equal(200, (await account.PostAsync("/api/v4/contacts/chats", $$"""[{"contact_id":{{contact}},"chat_id":"{{made.Json["id"]}}"}]""")).Status);
        await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-9", "m-1", "Hello"));
        Assert.Equal(contact, account.Simulator.Contacts.Single().Id);
        Assert.Equal(204, (await account.GetAsync("/api/v4/leads/unsorted")).Status);
    }

    [Fact]
    public async Task An_incoming_lead_of_a_chat_is_linked_to_a_lead_that_is_there()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await ConnectAsync(account);
        long lead = account.Simulator.CreateLeads(1)[0];
        await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-1", "Hello"));
        string uid = (await account.GetAsync("/api/v4/leads/unsorted")).Embedded("unsorted").Single()!["uid"]!.ToString();
        Assert.Equal("NotSupportedChoice link.entity_id", (await account.PostAsync($"/api/v4/leads/unsorted/{uid}/link", """{"link":{"entity_id":1,"entity_type":"leads"}}""")).Error);
        Assert.Equal(200, (await account.PostAsync($"/api/v4/leads/unsorted/{uid}/link", $$"""{"link":{"entity_id":{{lead}},"entity_type":"leads"} }""")).Status);
        Assert.Equal(204, (await account.GetAsync("/api/v4/leads/unsorted")).Status);
        Assert.Equal(lead, (await account.GetAsync("/api/v4/leads")).Embedded("leads").Single()!["id"]!.GetValue<long>());
        Assert.Equal(account.Simulator.Contacts.Single().Id, account.Simulator.FindLead(lead)!.ContactIds.Single());
        Assert.Equal(1, account.Simulator.GetStatistics().RequestsByRoute["POST /v2/origin/custom/{scope}"]);
    }

    [Fact]
    public async Task An_operators_answer_reaches_the_channel_signed()
    {
        await using HookReceiver channel = await HookReceiver.StartAsync();
        await using TestAccount account = await TestAccount.StartAsync(options =>
        {
            options.ChatHook = $"{channel.Address}/:scope_id";
            // The channel's five seconds do not pass, however busy the machine is.
            options.TimeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        });
        await ConnectAsync(account);
        await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-1", "Hello"));
        (string id, int status) = await account.Simulator.AnswerChatAsync("conv-1", "Hi!");
        ReceivedHook hook = channel.Hooks.Single();
        JsonNode body = JsonNode.Parse(hook.Body)!;
        Assert.Equal((200, id, "Hi!"), (status, body["message"]!["message"]!["id"]!.ToString(), body["message"]!["message"]!["text"]!.ToString()));
        Assert.Equal(("conv-1", "client-1"), (body["message"]!["conversation"]!["client_id"]!.ToString(), body["message"]!["receiver"]!["client_id"]!.ToString()));
        Assert.Equal(Hmac(account, Encoding.UTF8.GetBytes(hook.Body)), hook.Headers["X-Signature"]);
        Assert.Equal(200, (await ChatAsync(account, "POST", $"/{Scope(account)}/{id}/delivery_status", $$"""{"msgid":"{{id}}","delivery_status":1}""")).Status);
        Assert.Equal(400, (await ChatAsync(account, "POST", $"/{Scope(account)}/{id}/delivery_status", """{"delivery_status":-1,"error_code":5}""")).Status);
        Assert.Equal(200, (await ChatAsync(account, "POST", $"/{Scope(account)}/{id}/delivery_status", """{"delivery_status":-1,"error_code":905,"error":"x"}""")).Status);
        Assert.Equal(200, await account.Simulator.TypeInChatAsync("conv-1"));
        Assert.Equal(200, await account.Simulator.ReactInChatAsync("conv-1", "m-1", "👍"));
        Assert.Equal("👍", JsonNode.Parse(channel.Hooks.Last().Body)!["action"]!["reaction"]!["emoji"]!.ToString());
    }

    [Fact]
    public async Task The_accounts_own_hooks_tell_of_talks_and_of_messages_both_ways()
    {
        await using HookReceiver channel = await HookReceiver.StartAsync();
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await using TestAccount account = await TestAccount.StartAsync(options => options.ChatHook = channel.Address.ToString());
        account.Simulator.Subscribe(receiver.Address, "add_talk", "update_talk", "add_message", "add_outgoing_message");
        await ConnectAsync(account);
        await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-1", "Hello"));
        await account.Simulator.AnswerChatAsync("conv-1", "Hi!", 8000002);
        IReadOnlyList<WebhookEvent> events =
            [.. (await receiver.WaitAsync(3)).SelectMany(hook => WebhookParser.Parse(Encoding.UTF8.GetBytes(hook.Body), TimeZoneInfo.Utc).Events)];
        long contact = account.Simulator.Contacts.Single().Id;
        var talk = Assert.Single(events.OfType<TalkAdded>());
        var received = Assert.Single(events.OfType<MessageReceived>());
        var sent = Assert.Single(events.OfType<MessageSent>());
        Assert.Equal((contact, true), (talk.ContactId!.Value, talk.IsInWork!.Value));
        Assert.Equal(("Hello", talk.EntityId, contact, "simulator.chat"), (received.Text, received.TalkId, received.ContactId!.Value, received.Origin));
        Assert.Equal(("Hi!", received.ChatId), (sent.Text, sent.ChatId));
    }

    [Fact]
    public async Task Messages_are_edited_reacted_to_and_typed()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await ConnectAsync(account);
        await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-1", "Helo"));
        Assert.Equal(200, (await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-1", "Hello").Replace("new_message", "edit_message", StringComparison.Ordinal))).Status);
        JsonNode history = (await ChatAsync(account, "GET", $"/{Scope(account)}/chats/conv-1/history", "")).Json;
        Assert.Equal("Hello", history["messages"]!.AsArray().Single()!["message"]!["text"]!.ToString());
        Assert.Equal(200, (await ChatAsync(account, "POST", $"/{Scope(account)}/react", """{"conversation_id":"conv-1","msgid":"m-1","user":{"id":"client-1"},"type":"react","emoji":"❤"}""")).Status);
        Assert.Equal(400, (await ChatAsync(account, "POST", $"/{Scope(account)}/react", """{"msgid":"m-1","type":"love"}""")).Status);
        Assert.Equal(204, (await ChatAsync(account, "POST", $"/{Scope(account)}/typing", """{"conversation_id":"conv-1","sender":{"id":"client-1"}}""")).Status);
        Assert.Equal(400, (await ChatAsync(account, "GET", $"/{Scope(account)}/chats/conv-1/history?limit=51", "")).Status);
        Assert.Equal(400, (await ChatAsync(account, "POST", $"/{Scope(account)}", """{"event_type":"new_message","payload":{"msgid":"x"}}""")).Status);
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("md5 of another body")]
    [InlineData("md5 in base64")]
    [InlineData("charset")]
    [InlineData("old date")]
    [InlineData("no date")]
    [InlineData("upper case")]
    public async Task A_request_that_is_not_signed_as_asked_is_refused(string fault)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        string path = $"/{account.Simulator.Options.ChatChannelId}/connect";
        string body = $$"""{"account_id":"{{Account}}","title":"Test","hook_api_version":"v2"}""";
        Answer answer = await ChatAsync(account, "POST", path, body, fault);
        Assert.Equal((403, "ORIGIN_INVALID_SIGNATURE"), (answer.Status, answer.Json["error_type"]!.ToString()));
        Assert.Equal(200, (await ChatAsync(account, "POST", path, body)).Status);
    }

    [Theory]
    [InlineData("ddd, dd MMM yyyy HH:mm:ss 'GMT'")]
    [InlineData("ddd, dd MMM yyyy HH:mm:ss '+0000'")]
    public async Task Both_ways_to_write_the_date_are_understood(string format)
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));
        await using TestAccount account = await TestAccount.StartAsync(options => options.TimeProvider = time);
        string path = $"/{account.Simulator.Options.ChatChannelId}/connect";
        Assert.Equal(200, (await ChatAsync(account, "POST", path, $$"""{"account_id":"{{Account}}"}""", date: time.GetUtcNow().ToString(format, CultureInfo.InvariantCulture))).Status);
        time.Advance(TimeSpan.FromMinutes(16));
        string old = time.GetUtcNow().AddMinutes(-16).ToString(format, CultureInfo.InvariantCulture);
        Assert.Equal(403, (await ChatAsync(account, "POST", path, $$"""{"account_id":"{{Account}}"}""", date: old)).Status);
    }

    [Fact]
    public async Task A_talk_is_closed_with_202_and_templates_are_reviewed()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await ConnectAsync(account);
        await ChatAsync(account, "POST", $"/{Scope(account)}", Message("conv-1", "m-1", "Hello"));
        long talk = (await account.GetAsync("/api/v4/talks")).Embedded("talks").Single()!["talk_id"]!.GetValue<long>();
        Answer closed = await account.PostAsync($"/api/v4/talks/{talk}/close", """{"force_close":true}""");
        Assert.Equal((202, ""), (closed.Status, closed.Text));
        Assert.False((await account.GetAsync($"/api/v4/talks/{talk}")).Json["is_in_work"]!.GetValue<bool>());
        Assert.Equal(404, (await account.PostAsync("/api/v4/talks/1/close", "{}")).Status);
        Assert.Equal("InvalidType force_close", (await account.PostAsync($"/api/v4/talks/{talk}/close", """{"force_close":1}""")).Error);
        Answer made = await account.PostAsync("/api/v4/chats/templates", """[{"name":"Hi","content":"Hello {{contact.name}}","type":"waba","waba_category":"UTILITY"},{"name":"Plain","content":"x"}]""");
        long template = made.Id("chat_templates");
        Answer sent = await account.PostAsync($"/api/v4/chats/templates/{template}/review", "");
        string review = $"/api/v4/chats/templates/{template}/review/{sent.Id("reviews")}";
        Assert.Equal("approved", (await account.PostAsync(review, """{"status":"approved"}""")).Json["status"]!.ToString());
        Assert.Equal("NotSupportedChoice status", (await account.PostAsync(review, """{"status":"maybe"}""")).Error);
        JsonNode read = (await account.GetAsync($"/api/v4/chats/templates/{template}?with=reviews")).Json;
        Assert.Equal("approved", read["_embedded"]!["reviews"]![0]!["status"]!.ToString());
        Assert.Equal(422, (await account.PostAsync($"/api/v4/chats/templates/{made.Embedded("chat_templates")[1]!["id"]}/review", "")).Status);
        Assert.Equal(422, (await account.GetAsync("/api/v4/chats/templates?limit=51")).Status);
        Assert.Equal(204, (await account.DeleteAsync($"/api/v4/chats/templates/{template}")).Status);
    }

    private static Task<Answer> ConnectAsync(TestAccount account) => ChatAsync(
        account, "POST", $"/{account.Simulator.Options.ChatChannelId}/connect", $$"""{"account_id":"{{Account}}","title":"Test","hook_api_version":"v2"}""");

    private static string Scope(TestAccount account) => $"{account.Simulator.Options.ChatChannelId}_{Account}";

    private static string Message(string conversation, string id, string text) => $$"""
        {"event_type":"new_message","payload":{"timestamp":1700000000,"msec_timestamp":1700000000000,"msgid":"{{id}}","conversation_id":"{{conversation}}",
         "sender":{"id":"client-1","name":"Client"},"message":{"type":"text","text":"{{text}}"},"silent":false} }
        """;

    private static async Task<Answer> ChatAsync(TestAccount account, string method, string path, string body, string? fault = null, string? date = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        path = $"/v2/origin/custom{path}";
        DateTimeOffset now = account.Simulator.Options.TimeProvider.GetUtcNow();
        date ??= (fault == "old date" ? now.AddMinutes(-16) : now).ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        byte[] hash = MD5.HashData(fault == "md5 of another body" ? [1] : bytes);
        string md5 = fault == "md5 in base64" ? Convert.ToBase64String(hash) : Convert.ToHexStringLower(hash);
        string type = fault == "charset" ? "application/json; charset=utf-8" : "application/json";
        string signature = Hmac(account, Encoding.UTF8.GetBytes($"{method}\n{md5}\n{type}\n{date}\n{path.Split('?')[0]}"));
        signature = fault switch { "signature" => new string('0', 40), "upper case" => signature.ToUpperInvariant(), _ => signature };
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(account.Simulator.ChatsAddress, path));
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Content.Headers.TryAddWithoutValidation("Content-MD5", md5);
        request.Headers.TryAddWithoutValidation("X-Signature", signature);
        if (fault != "no date")
        {
            request.Headers.TryAddWithoutValidation("Date", date);
        }

        using HttpResponseMessage response = await account.Http.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }

    private static string Hmac(TestAccount account, byte[] text) =>
        Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(account.Simulator.Options.ChatChannelSecret), text));
}
