using System.Diagnostics.CodeAnalysis;
using System.Text;
using KommoFunctions.Core.Tests.Framework;
using KommoFunctions.Intake;
using KommoFunctions.Salesbot;

namespace KommoFunctions.Core.Tests.Intake;

/// <summary>Vectors of each kind of signature, computed by another implementation than the one under test.</summary>
public sealed class SignatureTests
{
    private const string ClientId = "00000000-0000-4000-8000-000000000001";
    private const string AccountSignature = "b0f78946527be8c245e278d266494730b7cb54eceb3cf4253da9cff08b3a3d36";
    private const string ChatBody = "{\"account_id\":\"af9945ff-1490-4cad-807d-945c15d88bec\",\"text\":\"Grüße\"}";
    private const string ChatSignature = "07941ed3f8972f68fa758ea9c1713bf96a688cb6";
    private const string BotToken =
        "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2V4YW1wbGUua29tbW8uY29tIiwiYXVkIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZS5jb20iLCJpYXQiOjE3MDAwMDAwMDAsIm5iZiI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAxODAwLCJhY2NvdW50X2lkIjozMDAwMDAwMSwic3ViZG9tYWluIjoiZXhhbXBsZSIsImVudGl0eV90eXBlIjoyLCJlbnRpdHlfaWQiOjc3fQ"
        + ".lSz3AUBrAoiW_-Tw2Zeec7RBkfF911mC0HN6_wtALXbg3g9esigUECpD5XGwF2pkVqj-1hqC2adFToBKJqm3bw";

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(CoreHost.ClientSecret);
    private static readonly byte[] Other = "another secret"u8.ToArray();
    private static readonly DateTimeOffset Issued = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void The_token_of_an_address_is_the_hmac_of_its_account() =>
        Assert.Equal("UOK_CyMGnBLGtrjsPpgZXKjfsyxVe0mvG62GnvN1glA", HookToken.Create("root key"u8, 30_000_001));

    [Theory]
    [InlineData(AccountSignature, true)]
    [InlineData("B0F78946527BE8C245E278D266494730B7CB54ECEB3CF4253DA9CFF08B3A3D36", true)]
    [InlineData("b0f78946527be8c245e278d266494730b7cb54eceb3cf4253da9cff08b3a3d37", false)]
    [InlineData("b0f78946527be8c245e278d266494730b7cb54eceb3cf4253da9cff08b3a3d3", false)]
    [InlineData("b0f78946527be8c245e278d266494730b7cb54eceb3cf4253da9cff08b3a3d3600", false)]
    [InlineData("g0f78946527be8c245e278d266494730b7cb54eceb3cf4253da9cff08b3a3d36", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_accounts_signature_is_right_in_either_case_and_in_no_other_way(string? signature, bool right) =>
        Assert.Equal(right, HexSignature.IsOfAccount([Secret], ClientId, 30_000_001, signature));

    [Theory]
    [InlineData(ChatSignature, true)]
    [InlineData("07941ED3F8972F68FA758EA9C1713BF96A688CB6", true)]
    [InlineData("17941ed3f8972f68fa758ea9c1713bf96a688cb6", false)]
    [InlineData("07941ed3f8972f68fa758ea9c1713bf96a688c", false)]
    [InlineData("07941ed3f8972f68fa758ea9c1713bf96a688cb6b6", false)]
    [InlineData("sha1=07941ed3f8972f68fa758ea9c1713bf96a688cb6", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_chats_signature_is_right_in_either_case_and_in_no_other_way(string? signature, bool right) =>
        Assert.Equal(right, HexSignature.IsOfBody([Encoding.UTF8.GetBytes(Signed.ChannelSecret)], Encoding.UTF8.GetBytes(ChatBody), signature));

    [Fact]
    public void A_signature_is_of_every_byte_of_the_body() => Assert.False(HexSignature.IsOfBody(
        [Encoding.UTF8.GetBytes(Signed.ChannelSecret)], Encoding.UTF8.GetBytes(ChatBody + "\n"), ChatSignature));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_signature_is_right_under_the_secret_or_the_one_before_it_and_wrong_under_others(bool known)
    {
        IReadOnlyList<byte[]> secrets = known ? [Other, Secret] : [Other];

        Assert.Equal(known, HexSignature.IsOfAccount(secrets, ClientId, 30_000_001, AccountSignature));
        Assert.Equal(known, TryVerify(BotToken, secrets, Issued, out _));
    }

    [Fact]
    public void Without_a_secret_no_signature_is_right()
    {
        Assert.False(HexSignature.IsOfAccount([], ClientId, 30_000_001, AccountSignature));
        Assert.False(HexSignature.IsOfBody([], Encoding.UTF8.GetBytes(ChatBody), ChatSignature));
        Assert.False(TryVerify(BotToken, [], Issued, out _));
    }

    [Fact]
    public void A_bots_token_tells_the_account_and_the_entity_by_its_number()
    {
        Assert.True(TryVerify(BotToken, [Secret], Issued, out var claims));
        Assert.Equal((30_000_001, "leads", 77L), (claims.AccountId, claims.EntityType?.Name, claims.EntityId));
    }

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-59, true)]
    [InlineData(1859, true)]
    [InlineData(1861, false)]
    public void A_bots_token_is_valid_for_its_time_and_a_minute_more(int seconds, bool valid) =>
        Assert.Equal(valid, TryVerify(BotToken, [Secret], Issued.AddSeconds(seconds), out _));

    [Theory]
    [InlineData("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")]
    [InlineData("{\"alg\":\"none\"}")]
    [InlineData("{\"alg\":\"hs512\"}")]
    [InlineData("{\"typ\":\"JWT\"}")]
    [InlineData("[]")]
    [InlineData("no json")]
    public void A_bots_token_of_another_algorithm_is_refused_however_well_it_is_signed(string header) =>
        Assert.False(TryVerify(Signed.Jwt(Signed.Claims(1, Issued), header: header), [Secret], Issued, out _));

    [Theory]
    [InlineData("{\"account_id\":1}")]
    [InlineData("{\"exp\":1700001800}")]
    [InlineData("{\"account_id\":-1,\"exp\":1700001800}")]
    [InlineData("{\"account_id\":\"x\",\"exp\":1700001800}")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("{\"account_id\":\"\\ud800\",\"exp\":1700001800}")]
    public void A_bots_token_without_an_account_or_an_end_is_refused(string payload) =>
        Assert.False(TryVerify(Signed.Jwt(payload), [Secret], Issued, out _));

    [Theory]
    [InlineData("the signature's case")]
    [InlineData("the last character")]
    [InlineData("no signature")]
    [InlineData("a shorter signature")]
    [InlineData("a longer signature")]
    [InlineData("another payload")]
    [InlineData("four parts")]
    [InlineData("two parts")]
    public void A_bots_token_that_was_changed_is_refused(string how)
    {
        var parts = BotToken.Split('.');
        var token = how switch
        {
            "the signature's case" => $"{parts[0]}.{parts[1]}.{parts[2].ToUpperInvariant()}",
            "the last character" => BotToken[..^2] + "AA",
            "no signature" => $"{parts[0]}.{parts[1]}.",
            "a shorter signature" => BotToken[..^1],
            "a longer signature" => BotToken + "A",
            "another payload" => $"{parts[0]}.{parts[1][..^1]}A.{parts[2]}",
            "four parts" => BotToken + ".",
            _ => $"{parts[0]}.{parts[1]}",
        };

        Assert.False(TryVerify(token, [Secret], Issued, out _));
    }

    [Theory]
    [InlineData("{\"data\":{\"token\":\"inner\"},\"token\":\"outer\"}", "outer")]
    [InlineData("  {\"token\":\"a\\u0062\"}", "ab")]
    [InlineData("{\"token\":5}", null)]
    [InlineData("{\"data\":", null)]
    [InlineData("{", null)]
    [InlineData("", null)]
    [InlineData("data[x]=1&token=a%2Eb&return_url=c", "a.b")]
    [InlineData("mytoken=a", null)]
    public void A_bots_token_stands_at_the_top_of_its_body(string body, string? token) =>
        Assert.Equal(token, SalesbotToken.Find(Encoding.UTF8.GetBytes(body)));

    private static bool TryVerify(string text, IReadOnlyList<byte[]> secrets, DateTimeOffset now, [NotNullWhen(true)] out SalesbotClaims? claims)
    {
        claims = SalesbotToken.TryParse(text, now, out var token) && token.IsSigned(secrets) ? token.Claims : null;
        return claims is not null;
    }
}
