using System.Buffers;
using System.Text;
using CsCheck;
using Kommo.Webhooks;
using KommoFunctions.DeadLetters;

namespace KommoFunctions.Core.Tests.DeadLetters;

public sealed class ReadableFormTests
{
    [Theory]
    [InlineData("leads%5Badd%5D%5B0%5D%5Bname%5D=J%C3%BCrgen+Klein", "leads[add][0][name]=Jürgen+Klein")]
    [InlineData("a=1%262%3D3%2B4%255%0A", "a=1%262%3D3%2B4%255%0A")]
    [InlineData("a=%FF%20", "a=%FF%20")]
    [InlineData("a=%zz%4", "a=%25zz%254")]
    [InlineData("{\"a\":\"b%20=c\"}", "{\"a\":\"b%20=c\"}")]
    [InlineData("no form at all", "no form at all")]
    [InlineData("", "")]
    public void Escapes_are_undone_as_far_as_the_form_means_the_same_without_them(string body, string readable) =>
        Assert.Equal(readable, ReadableForm.Of(body));

    [Fact]
    public void A_readable_hook_is_the_same_hook() => Gen.Char["az09 +%&=[]#;?äЖ€\"'\\\t"].Array[0, 12].Select(chars => new string(chars)).Sample(value =>
    {
        var body = $"leads%5Badd%5D%5B0%5D%5Bid%5D=1&leads%5Badd%5D%5B0%5D%5Bname%5D={Uri.EscapeDataString(value)}&account%5Bid%5D=7";

        Assert.Equal(Canonical(body), Canonical(ReadableForm.Of(body)));
    });

    private static string Canonical(string body)
    {
        var hook = WebhookParser.Parse(Encoding.UTF8.GetBytes(body));
        var writer = new ArrayBufferWriter<byte>();
        WebhookWriter.Write(writer, hook.Account, hook.Events[0]);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }
}
