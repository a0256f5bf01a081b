using System.Text.Json;
using KommoFunctions.Outbox;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class JsonSubsetTests
{
    [Theory]
    [InlineData("""{"name":"Ann ","price":5}""", """{"id":1,"name":"ann","price":5.0}""")]
    [InlineData("""{"value":12}""", """{"value":"12"}""")]
    [InlineData("""{"values":[{"value":"b"},{"value":"a"}]}""", """{"values":[{"value":"a","enum_id":1},{"value":"b"},{"value":"c"}]}""")]
    [InlineData("""{"fields":[{"field_id":1,"values":null}]}""", """{"fields":null}""")]
    [InlineData("""{"fields":[{"field_code":"PHONE","values":[{"value":"+1555"}]}]}""", """{"fields":[{"field_id":7,"field_code":"PHONE","values":[{"value":"+1555","enum_id":1}]}]}""")]
    [InlineData("""{"links":[]}""", """{}""")]
    public void What_was_sent_is_found_in_what_is_held(string sent, string held) => Assert.True(Matches(sent, held));

    [Theory]
    [InlineData("""{"name":"Ann"}""", """{"name":"Bea"}""")]
    [InlineData("""{"name":"Ann"}""", """{}""")]
    [InlineData("""{"value":"007"}""", """{"value":"7"}""")]
    [InlineData("""{"values":[{"value":"a"},{"value":"a"}]}""", """{"values":[{"value":"a"},{"value":"b"}]}""")]
    [InlineData("""{"fields":[{"field_id":1,"values":[{"value":"a"}]}]}""", """{"fields":[{"field_id":2,"values":[{"value":"a"}]}]}""")]
    [InlineData("""{"links":[{"id":1}]}""", """{"links":null}""")]
    public void What_differs_or_is_missing_is_not(string sent, string held) => Assert.False(Matches(sent, held));

    private static bool Matches(string sent, string held) =>
        JsonSubset.Matches(JsonSerializer.Deserialize<JsonElement>(sent), JsonSerializer.Deserialize<JsonElement>(held));
}
