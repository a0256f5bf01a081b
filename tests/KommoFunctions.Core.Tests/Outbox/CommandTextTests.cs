using System.Text.Json;
using CsCheck;
using KommoFunctions.Outbox;

namespace KommoFunctions.Core.Tests.Outbox;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("""{"a":"\u0416\u4e2d\uD83D\uDE00\u00e9\u0027\u003c"}""", "{\"a\":\"Ж中😀é'<\"}")]
    [InlineData("""{"a":"\u0022\u005c\u0000\n\t\\u0416\/"}""", """{"a":"\"\\\u0000\n\t\\u0416\/"}""")]
    [InlineData("""{"a":"\ud83d","b":"\ude00\ud83d"}""", """{"a":"\ud83d","b":"\ude00\ud83d"}""")]
    [InlineData("""{"a":"\u04""", """{"a":"\u04""")]
    [InlineData("""\""", """\""")]
    [InlineData("", "")]
    public void Escapes_are_as_short_as_json_lets_them_be(string json, string plain) => Assert.Equal(plain, CommandText.Plain(json));

    [Fact]
    public void It_means_the_same_for_any_text() => Gen.String.Sample(text =>
    {
        var json = JsonSerializer.Serialize(text);

        return JsonSerializer.Deserialize<string>(CommandText.Plain(json)) == JsonSerializer.Deserialize<string>(json)
            && CommandText.Plain(json).Length <= json.Length;
    });

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("Ж")]
    [InlineData("中")]
    [InlineData("عربي")]
    [InlineData("😀")]
    public void A_text_takes_the_room_of_its_characters_in_every_language(string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 1_000));

        Assert.Equal(text.Length + 2, CommandText.Plain(JsonSerializer.Serialize(text)).Length);
    }
}
