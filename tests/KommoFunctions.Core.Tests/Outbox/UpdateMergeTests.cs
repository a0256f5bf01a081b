using System.Text.Json.Nodes;
using CsCheck;
using KommoFunctions.Outbox;

namespace KommoFunctions.Core.Tests.Outbox;

/// <summary>One change made of several leaves the entity as the several would one after the other, or there is none.</summary>
public sealed class UpdateMergeTests
{
    private static readonly Gen<JsonObject> Updates =
        from parts in Gen.OneOf(
            Gen.Select(OneOf("price", "name", "first_name", "status_id", "pipeline_id", "updated_at", "entity_id", "entity_type"), Gen.Int[1, 3].Nullable(), (name, value) =>
                KeyValuePair.Create(name, value is { } number ? (JsonNode?)JsonValue.Create(number) : null)),
            FieldGen().Array[1, 2].Select(fields => KeyValuePair.Create("custom_fields_values", (JsonNode?)new JsonArray([.. fields]))),
            TagGen("tags_to_add"),
            TagGen("tags_to_delete")).List[0, 4]
        select Object(parts);

    [Fact]
    public void The_end_state_is_that_of_all_changes_in_order()
    {
        var merges = 0;
        Updates.List[2, 4].Sample(
            changes =>
            {
                var merged = changes[0];
                var applied = new ModelEntity().With(changes[0]);
                foreach (var change in changes.Skip(1))
                {
                    if (UpdateMerge.TryMerge(merged, change) is not { } both)
                    {
                        return true;
                    }

                    Interlocked.Increment(ref merges);
                    (merged, applied) = (both, applied.With(change));
                    if (applied.Text != new ModelEntity().With(merged).Text)
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 20_000,
            print: changes => string.Join(" , ", changes.Select(change => change.ToJsonString())));

        Assert.True(merges > 5_000, $"Only {merges} pairs were merged.");
    }

    [Theory]
    [InlineData("""{"id":1,"price":1,"name":"x"}""", """{"id":1,"price":null}""", """{"id":1,"price":null,"name":"x"}""")]
    [InlineData("""{"id":1,"updated_by":5,"updated_at":7}""", """{"id":1,"price":2}""", """{"id":1,"price":2}""")]
    [InlineData("""{"id":1,"price":2}""", """{"id":1,"updated_by":5}""", """{"id":1,"price":2,"updated_by":5}""")]
    [InlineData(
        """{"custom_fields_values":[{"field_id":1,"values":[{"value":"a"}]},{"field_code":"PHONE","values":[{"value":"1"}]}]}""",
        """{"custom_fields_values":[{"field_code":"phone","values":null},{"field_id":2,"values":[{"value":"b"}]}]}""",
        """{"custom_fields_values":[{"field_id":1,"values":[{"value":"a"}]},{"field_code":"phone","values":null},{"field_id":2,"values":[{"value":"b"}]}]}""")]
    [InlineData(
        """{"custom_fields_values":[{"field_id":1,"values":[{"value":"a"}]},{"field_id":2,"values":[{"value":"b"}]}]}""",
        """{"custom_fields_values":[{"field_id":1,"values":null}]}""",
        """{"custom_fields_values":[{"field_id":2,"values":[{"value":"b"}]},{"field_id":1,"values":null}]}""")]
    [InlineData(
        """{"tags_to_add":[{"name":"a"},{"name":"b"}]}""",
        """{"tags_to_add":[{"name":"c"}],"tags_to_delete":[{"name":"a"}]}""",
        """{"tags_to_add":[{"name":"b"},{"name":"c"}],"tags_to_delete":[{"name":"a"}]}""")]
    [InlineData("""{"status_id":142}""", """{"price":3}""", """{"status_id":142,"price":3}""")]
    public void Two_changes_become_one(string first, string second, string both)
    {
        var merged = UpdateMerge.TryMerge(Parse(first), Parse(second));

        Assert.True(JsonNode.DeepEquals(Parse(both), merged), merged?.ToJsonString());
    }

    [Theory]
    [InlineData("""{"status_id":142}""", """{"pipeline_id":5}""")]
    [InlineData("""{"_embedded":{"tags":[{"name":"a"}]}}""", """{"price":1}""")]
    [InlineData("""{"price":1}""", """{"_embedded":{"tags":[{"name":"a"}]}}""")]
    [InlineData("""{"name":"Ann Smith"}""", """{"first_name":"Bea"}""")]
    [InlineData("""{"params":{"text":"a"}}""", """{"params":{"text":"b"}}""")]
    [InlineData("""{"custom_fields_values":[{"field_id":1,"values":null}]}""", """{"custom_fields_values":[{"field_code":"PHONE","values":null}]}""")]
    [InlineData("""{"tags_to_add":[{"name":"a"}]}""", """{"tags_to_delete":[{"id":5}]}""")]
    [InlineData("""{"tags_to_add":[{"name":"VIP"}]}""", """{"tags_to_delete":[{"name":"vip"}]}""")]
    public void Two_changes_whose_sum_is_not_certain_stay_two(string first, string second) =>
        Assert.Null(UpdateMerge.TryMerge(Parse(first), Parse(second)));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    private static Gen<JsonNode?> FieldGen() => Gen.Select(OneOf("1", "2", "PHONE"), Gen.Int[1, 3].Nullable(), (key, value) =>
        (JsonNode?)new JsonObject
        {
            [key == "PHONE" ? "field_code" : "field_id"] = key == "PHONE" ? key : JsonValue.Create(int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)),
            ["values"] = value is { } number ? new JsonArray(new JsonObject { ["value"] = number }) : null,
        });

    private static Gen<KeyValuePair<string, JsonNode?>> TagGen(string name) =>
        OneOf("a", "b", "c").Array[1, 2].Select(tags =>
            KeyValuePair.Create(name, (JsonNode?)new JsonArray([.. tags.Distinct().Select(tag => new JsonObject { ["name"] = tag })])));

    private static JsonObject Object(List<KeyValuePair<string, JsonNode?>> parts)
    {
        var change = new JsonObject { ["id"] = 1 };
        foreach (var (name, value) in parts)
        {
            change[name] = value?.DeepClone();
        }

        return change;
    }
}
