using System.Text;
using CsCheck;
using KommoFunctions.Tokens;

namespace KommoFunctions.Core.Tests.Tokens;

public sealed class TokenSealTests
{
    private static readonly AccountTokens Tokens = new()
    {
        AccessToken = "an access token",
        RefreshToken = "a refresh token",
        IssuedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(1),
        Generation = 7,
        Fence = 9,
    };

    [Fact]
    public void What_is_closed_opens_under_the_same_secret() => Gen.String[1, 100].Sample(secret =>
        Assert.Equal(Tokens, TokenSeal.TryOpen(secret, 1, Tokens.Order, TokenSeal.Close(secret, 1, Tokens))));

    [Fact]
    public void It_does_not_open_under_another_secret() => Assert.Null(TokenSeal.TryOpen("other", 1, Tokens.Order, TokenSeal.Close("secret", 1, Tokens)));

    [Theory]
    [InlineData(2, 7, 9)]
    [InlineData(1, 8, 9)]
    [InlineData(1, 7, 8)]
    public void It_does_not_open_in_the_place_of_another(long accountId, long generation, long fence) =>
        Assert.Null(TokenSeal.TryOpen("secret", accountId, new TokenOrder(generation, fence), TokenSeal.Close("secret", 1, Tokens)));

    [Fact]
    public void A_damaged_one_does_not_open()
    {
        var box = TokenSeal.Close("secret", 1, Tokens);
        Gen.Select(Gen.Int[0, box.Length - 1], Gen.Byte[1, 255]).Sample((place, change) =>
        {
            var damaged = box.ToArray();
            damaged[place] ^= change;
            Assert.Null(TokenSeal.TryOpen("secret", 1, Tokens.Order, damaged));
        });
    }

    [Fact]
    public void A_cut_one_does_not_open()
    {
        var box = TokenSeal.Close("secret", 1, Tokens);
        Gen.Int[0, box.Length - 1].Sample(length => Assert.Null(TokenSeal.TryOpen("secret", 1, Tokens.Order, box.AsSpan(0, length))));
    }

    [Fact]
    public void It_shows_nothing_and_no_two_are_alike()
    {
        var (one, other) = (TokenSeal.Close("secret", 1, Tokens), TokenSeal.Close("secret", 1, Tokens));

        Assert.NotEqual(one, other);
        Assert.DoesNotContain("token", Encoding.Latin1.GetString(one), StringComparison.Ordinal);
    }
}
