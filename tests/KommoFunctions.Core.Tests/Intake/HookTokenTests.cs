using CsCheck;
using KommoFunctions.Intake;

namespace KommoFunctions.Core.Tests.Intake;

public sealed class HookTokenTests
{
    private static readonly Gen<byte[]> Keys = Gen.Byte.Array[32];

    [Fact]
    public void A_token_verifies_under_its_key_and_account_and_fits_into_an_address() =>
        Gen.Select(Keys, Gen.Long[0, long.MaxValue]).Sample((key, account) =>
        {
            var token = HookToken.Create(key, account);
            return HookToken.Verify(key, account, token) && token.Length == 43 && Uri.EscapeDataString(token) == token;
        });

    [Fact]
    public void A_token_of_another_account_does_not_verify() =>
        Gen.Select(Keys, Gen.Long, Gen.Long).Where(t => t.Item2 != t.Item3).Sample((key, account, other) =>
            !HookToken.Verify(key, account, HookToken.Create(key, other)));

    [Fact]
    public void A_token_under_another_key_does_not_verify() =>
        Gen.Select(Keys, Keys, Gen.Long).Where(t => !t.Item1.SequenceEqual(t.Item2)).Sample((key, other, account) =>
            !HookToken.Verify(key, account, HookToken.Create(other, account)));

    [Fact]
    public void A_token_with_one_character_changed_does_not_verify() =>
        Gen.Select(Keys, Gen.Long, Gen.Int[0, 41], Gen.Char).Sample((key, account, place, character) =>
        {
            var token = HookToken.Create(key, account).ToCharArray();
            var same = token[place] == character;
            token[place] = character;
            return HookToken.Verify(key, account, new string(token)) == same;
        });

    [Fact]
    public void Any_text_can_be_asked_about() =>
        Gen.Select(Keys, Gen.String).Sample((key, text) => !HookToken.Verify(key, 1, text));
}
