using System.Text.RegularExpressions;
using CsCheck;
using KommoFunctions.DeadLetters;

namespace KommoFunctions.Core.Tests.DeadLetters;

public sealed partial class TokenRedactionTests
{
    private const string Header = "eyJhbGciOiJIUzUxMiJ9";
    private const string Payload = "eyJhY2NvdW50X2lkIjoxfQ";
    private const string Signature = "lSz3AUBrAoiW_-Tw2Zeec7RBkfF911mC0HN6";

    [Theory]
    [InlineData($"{Header}.{Payload}.{Signature}", $"{Header}.{Payload}.signature-not-shown")]
    [InlineData($"token={Header}.{Payload}.{Signature}&x=1", $"token={Header}.{Payload}.signature-not-shown&x=1")]
    [InlineData($"a-{Header}.{Payload}.{Signature}", $"a-{Header}.{Payload}.signature-not-shown")]
    [InlineData($"x.y.{Header}.{Payload}.{Signature}.z", $"x.y.{Header}.{Payload}.signature-not-shown.z")]
    [InlineData($"{Header}.{Header}.{Payload}.{Signature}", $"{Header}.{Header}.signature-not-shown.{Signature}")]
    [InlineData($"{Header}.{Payload}.{Signature} {Header}.{Payload}.{Signature}", $"{Header}.{Payload}.signature-not-shown {Header}.{Payload}.signature-not-shown")]
    [InlineData($"{Header}..{Payload}.{Signature}", $"{Header}..{Payload}.{Signature}")]
    [InlineData($"{Header}.{Payload}. {Signature}", $"{Header}.{Payload}. {Signature}")]
    [InlineData($"{Header}.{Payload}", $"{Header}.{Payload}")]
    [InlineData($"{Header}.{Payload}.short", $"{Header}.{Payload}.short")]
    [InlineData("a lead of 3.5.7", "a lead of 3.5.7")]
    [InlineData("", "")]
    public void A_tokens_signature_is_not_shown_and_all_else_is(string text, string shown) => Assert.Equal(shown, TokenRedaction.Of(text));

    [Fact]
    public void It_finds_what_an_expression_finds_in_any_text() => Gen.OneOf(
            Gen.Const(Header), Gen.Const(Payload), Gen.Const(Signature), Gen.Const("eyJ"), Gen.Const("."), Gen.Const("-"), Gen.Const(" "), Gen.Const("é"), Gen.Const("a"))
        .Array[0, 14].Select(string.Concat)
        .Sample(text => TokenRedaction.Of(text) == Expression().Replace(text, "$1.signature-not-shown"), iter: 20_000);

    /// <summary>As readable as it is slow.</summary>
    [GeneratedRegex(@"([A-Za-z0-9_-]*eyJ[A-Za-z0-9_-]{6,}\.eyJ[A-Za-z0-9_-]{6,})\.[A-Za-z0-9_-]{16,}", RegexOptions.CultureInvariant)]
    private static partial Regex Expression();
}
