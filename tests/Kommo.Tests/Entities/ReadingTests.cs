using System.Text.Json;

namespace Kommo.Tests.Entities;

public sealed class ReadingTests
{
    [Fact]
    public void A_lead_is_read_with_unknown_fields_kept()
    {
        var lead = JsonSerializer.Deserialize("""
            {"id":"7","name":"Deal","price":"1500","created_at":1700000000,"closed_at":null,"is_deleted":0,"score":null,"future":{"a":1},
             "custom_fields_values":[{"field_id":9,"field_code":"PHONE","values":[{"value":"+1555","enum_id":3,"enum_code":"WORK","x":1}]},
                                     {"field_id":10,"values":[{"value":1700000000}]}],
             "_embedded":{"tags":[{"id":1,"name":"vip","color":null}],"companies":[{"id":2}],"loss_reason":[{"id":5}]}}
            """, KommoJson.TypeOf<Lead>())!;

        Assert.Equal((7, "Deal", 1500m, false), (lead.Id, lead.Name, lead.Price, lead.IsDeleted));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), lead.CreatedAt);
        Assert.Null(lead.ClosedAt);
        Assert.Equal("+1555", lead.CustomFields.Find("phone")!.Text);
        Assert.Equal(lead.CreatedAt, lead.CustomFields.Find(10)!.Values!.Single().Time);
        Assert.Equal("vip", lead.Tags.Single().Name);
        Assert.Equal(2, lead.Embedded!.Companies!.Single().Id);
        Assert.Equal(1, lead.AdditionalFields!["future"].GetProperty("a").GetInt32());
        Assert.True(lead.Embedded.AdditionalFields!.ContainsKey("loss_reason"));
        Assert.True(lead.CustomFields![0].Values![0].AdditionalFields!.ContainsKey("x"));
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("""{"text":"done"}""", "done")]
    public void A_task_s_result_is_read_as_an_object_or_as_an_empty_list(string result, string? text)
    {
        var task = JsonSerializer.Deserialize($$"""{"id":1,"result":{{result}},"entity_type":"lead","duration":1800}""", KommoJson.TypeOf<KommoTask>())!;

        Assert.Equal(text, task.Result?.Text);
        Assert.Equal(EntityType.Leads, task.EntityType);
        Assert.Equal(TimeSpan.FromMinutes(30), task.Duration);
    }

    [Fact]
    public void An_entity_type_that_nobody_knows_keeps_its_name() =>
        Assert.Equal("\"robots\"", JsonSerializer.Serialize(
            JsonSerializer.Deserialize("\"robots\"", KommoJson.TypeOf<EntityType>()), KommoJson.TypeOf<EntityType>()));

    [Fact]
    public void A_note_s_parameters_are_read_whatever_their_types()
    {
        var note = JsonSerializer.Deserialize(
            """{"id":1,"note_type":"call_in","params":{"phone":1555,"call_responsible":77,"duration":"9","other":true}}""", KommoJson.TypeOf<Note>())!;

        Assert.Equal(("1555", "77", TimeSpan.FromSeconds(9)), (note.Params!.Phone, note.Params.CallResponsible, note.Params.Duration));
        Assert.True(note.Params.AdditionalFields!.ContainsKey("other"));
    }
}
