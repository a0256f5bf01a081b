using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Api;

public sealed class CustomFieldTests
{
    /// <summary>Every type with a value, and what reading it back gives.</summary>
    public static TheoryData<string, string, string> Values => new()
    {
        { """{"type":"text"}""", """[{"value":"x"}]""", """[{"value":"x"}]""" },
        { """{"type":"textarea"}""", """[{"value":"x"}]""", """[{"value":"x"}]""" },
        { """{"type":"numeric"}""", """[{"value":"12.5"}]""", """[{"value":"12.5"}]""" },
        { """{"type":"numeric"}""", """[{"value":12}]""", """[{"value":"12"}]""" },
        { """{"type":"monetary","currency":"EUR"}""", """[{"value":"7"}]""", """[{"value":"7"}]""" },
        { """{"type":"url"}""", """[{"value":"https://example.com"}]""", """[{"value":"https://example.com"}]""" },
        { """{"type":"streetaddress"}""", """[{"value":"Main St"}]""", """[{"value":"Main St"}]""" },
        { """{"type":"tracking_data"}""", """[{"value":"t"}]""", """[{"value":"t"}]""" },
        { """{"type":"checkbox"}""", """[{"value":true}]""", """[{"value":true}]""" },
        { """{"type":"date"}""", """[{"value":1700000000}]""", """[{"value":1700000000}]""" },
        { """{"type":"date_time"}""", """[{"value":"2023-11-14T22:13:20+00:00"}]""", """[{"value":1700000000}]""" },
        { """{"type":"birthday"}""", """[{"value":"2023-11-14T22:13:20Z"}]""", """[{"value":1700000000}]""" },
        { """{"type":"smart_address"}""", """[{"value":"London","enum_code":"city"}]""", """[{"value":"London","enum_id":3,"enum_code":"city"}]""" },
        { """{"type":"legal_entity"}""", """[{"value":{"name":"Example Ltd","entity_type":2}}]""", """[{"value":{"name":"Example Ltd","entity_type":2}}]""" },
        { """{"type":"linked_entity"}""", """[{"value":{"entity_id":1,"entity_type":"contacts"}}]""", """[{"value":{"entity_id":1,"entity_type":"contacts"}}]""" },
        { """{"type":"chained_list"}""", """[{"catalog_id":1,"catalog_element_id":2}]""", """[{"catalog_id":1,"catalog_element_id":2}]""" },
        { """{"type":"file"}""", """[{"value":{"file_uuid":"u","file_name":"a.txt","file_size":1}}]""", """[{"value":{"file_uuid":"u","file_name":"a.txt","file_size":1}}]""" },
    };

    /// <summary>Values that do not fit their type.</summary>
    public static TheoryData<string, string, string> BadValues => new()
    {
        { """{"type":"text"}""", """[{"value":5}]""", "InvalidType custom_fields_values.0.values.0.value" },
        { """{"type":"numeric"}""", """[{"value":"many"}]""", "InvalidType custom_fields_values.0.values.0.value" },
        { """{"type":"checkbox"}""", """[{"value":"yes"}]""", "InvalidType custom_fields_values.0.values.0.value" },
        { """{"type":"date"}""", """[{"value":"tomorrow"}]""", "InvalidType custom_fields_values.0.values.0.value" },
        { """{"type":"smart_address"}""", """[{"value":"x","enum_id":7}]""", "NotSupportedChoice custom_fields_values.0.values.0.enum_id" },
        { """{"type":"legal_entity"}""", """[{"value":{}}]""", "FieldMissing custom_fields_values.0.values.0.value.name" },
        { """{"type":"legal_entity"}""", """[{"value":"x"}]""", "InvalidType custom_fields_values.0.values.0.value" },
        { """{"type":"file"}""", """[{"value":{"file_name":"a"}}]""", "FieldMissing custom_fields_values.0.values.0.value.file_uuid" },
        { """{"type":"linked_entity"}""", """[{"value":{"entity_id":1}}]""", "FieldMissing custom_fields_values.0.values.0.value.entity_type" },
        { """{"type":"chained_list"}""", """[{"value":{"catalog_id":1}}]""", "FieldMissing custom_fields_values.0.values.0.catalog_id" },
        { """{"type":"text"}""", """[{}]""", "FieldMissing custom_fields_values.0.values.0.value" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_of_each_type_reads_back(string field, string written, string read)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await WriteAsync(account, field, written);
        Assert.Equal(200, answer.Status);
        JsonNode values = (await account.GetAsync("/api/v4/leads")).Embedded("leads")[0]!["custom_fields_values"]![0]!["values"]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(read), values), values.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task A_value_that_does_not_fit_its_type_is_refused(string field, string written, string error)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await WriteAsync(account, field, written);
        Assert.Equal((400, error), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_field_is_made_with_201_changed_and_deleted()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer made = await account.PostAsync("/api/v4/contacts/custom_fields", """
            [{"name":"Colour","type":"select","code":"COLOUR","enums":[{"value":"Red"},{"value":"Blue","sort":7}],"request_id":"f"}]
            """);
        Assert.Equal((201, "f"), (made.Status, made.Embedded("custom_fields")[0]!["request_id"]!.ToString()));
        long id = made.Id("custom_fields");
        JsonArray options = made.Embedded("custom_fields")[0]!["enums"]!.AsArray();
        long red = options[0]!["id"]!.GetValue<long>();
        Answer changed = await account.PatchAsync($"/api/v4/contacts/custom_fields/{id}", $$"""{"name":"Color","enums":[{"id":{{red}},"value":"Crimson"},{"value":"Green"}]}""");
        Assert.Equal((200, "Color"), (changed.Status, changed.Json["name"]!.ToString()));
        Assert.Equal(red, changed.Json["enums"]![0]!["id"]!.GetValue<long>());
        Assert.NotEqual(options[1]!["id"]!.GetValue<long>(), changed.Json["enums"]![1]!["id"]!.GetValue<long>());
        long contact = (await account.PostAsync("/api/v4/contacts", """[{"name":"x","custom_fields_values":[{"field_code":"COLOUR","values":[{"value":"Crimson"}]}]}]""")).Id("contacts");
        Assert.Equal(red, (await account.GetAsync($"/api/v4/contacts/{contact}")).Json["custom_fields_values"]![0]!["values"]![0]!["enum_id"]!.GetValue<long>());
        Assert.Equal(204, (await account.DeleteAsync($"/api/v4/contacts/custom_fields/{id}")).Status);
        Assert.Empty((await account.GetAsync($"/api/v4/contacts/{contact}")).Json["custom_fields_values"]!.AsArray());
    }

    [Theory]
    [InlineData("leads", """[{"type":"text"}]""", "FieldMissing name")]
    [InlineData("leads", """[{"name":"x"}]""", "FieldMissing type")]
    [InlineData("leads", """[{"name":"x","type":"colour"}]""", "NotSupportedChoice type")]
    [InlineData("leads", """[{"name":"x","type":"select"}]""", "FieldMissing enums")]
    [InlineData("leads", """[{"name":"x","type":"payer"}]""", "NotSupportedChoice type")]
    [InlineData("contacts", """[{"name":"x","type":"text","code":"PHONE"}]""", "NotUnique code")]
    public async Task A_bad_field_is_refused(string kind, string body, string error)
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer answer = await account.PostAsync($"/api/v4/{kind}/custom_fields", body);
        Assert.Equal((400, error), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Fields_are_an_admins_and_the_systems_stay()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Assert.Equal(403, (await account.AsSellerAsync(HttpMethod.Post, "/api/v4/leads/custom_fields", """[{"name":"x","type":"text"}]""")).Status);
        Assert.Equal(200, (await account.AsSellerAsync(HttpMethod.Get, "/api/v4/leads/custom_fields", null)).Status);
        Assert.Equal(400, (await account.DeleteAsync("/api/v4/contacts/custom_fields/710002")).Status);
    }

    [Fact]
    public async Task Groups_have_texts_for_ids()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        Answer made = await account.PostAsync("/api/v4/leads/custom_fields/groups", """[{"name":"More","sort":3}]""");
        string id = made.Embedded("custom_field_groups")[0]!["id"]!.GetValue<string>();
        Assert.Equal((201, true), (made.Status, id.StartsWith("leads_", StringComparison.Ordinal)));
        Assert.Equal("Less", (await account.PatchAsync($"/api/v4/leads/custom_fields/groups/{id}", """{"name":"Less"}""")).Json["name"]!.ToString());
        Assert.Single((await account.GetAsync("/api/v4/leads/custom_fields/groups")).Embedded("custom_field_groups"));
        Assert.Equal(204, (await account.DeleteAsync($"/api/v4/leads/custom_fields/groups/{id}")).Status);
    }

    [Fact]
    public async Task Leads_are_found_by_the_values_of_their_fields()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        await account.PostAsync("/api/v4/leads", """
            [{"name":"a","custom_fields_values":[{"field_id":700002,"values":[{"value":"10"}]},{"field_id":700004,"values":[{"enum_id":7000041}]}]},
             {"name":"b","custom_fields_values":[{"field_id":700002,"values":[{"value":"20"}]},{"field_id":700004,"values":[{"enum_id":7000042}]}]}]
            """);
        Assert.Equal("b", await NameAsync(account, "filter[custom_fields_values][700002][from]=15"));
        Assert.Equal("a", await NameAsync(account, "filter[custom_fields_values][700002][from]=5&filter[custom_fields_values][700002][to]=15"));
        Assert.Equal("a", await NameAsync(account, "filter[custom_fields_values][700004][]=7000041"));
    }

    private static async Task<string> NameAsync(TestAccount account, string query) =>
        (await account.GetAsync($"/api/v4/leads?{query}")).Embedded("leads").Single()!["name"]!.ToString();

    private static async Task<Answer> WriteAsync(TestAccount account, string field, string values)
    {
        JsonObject definition = JsonNode.Parse(field)!.AsObject();
        definition["name"] = "Field";
        long id = (await account.PostAsync("/api/v4/leads/custom_fields", $"[{definition.ToJsonString()}]")).Id("custom_fields");
        return await account.PostAsync("/api/v4/leads", $$"""[{"name":"x","custom_fields_values":[{"field_id":{{id}},"values":{{values}} }]}]""");
    }
}
