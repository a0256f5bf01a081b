using Azure.Security.KeyVault.Secrets;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace KommoFunctions.Emulators.KeyVault;

public sealed class SecretsTests : VaultTestBase
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

    protected override KeyVaultEmulatorOptions Options => new() { TimeProvider = _time };

    [Fact]
    public async Task What_was_set_is_got_with_all_its_properties()
    {
        var written = new KeyVaultSecret("tokens-42", "wert ✓")
        {
            Properties =
            {
                ContentType = "application/json",
                Enabled = true,
                NotBefore = _time.GetUtcNow().AddDays(-1),
                ExpiresOn = _time.GetUtcNow().AddDays(90),
                Tags = { ["generation"] = "7" },
            },
        };

        await Client.SetSecretAsync(written);

        var read = (await Client.GetSecretAsync("tokens-42")).Value;
        Assert.Equal("wert ✓", read.Value);
        Assert.Equal("application/json", read.Properties.ContentType);
        Assert.Equal(written.Properties.NotBefore, read.Properties.NotBefore);
        Assert.Equal(written.Properties.ExpiresOn, read.Properties.ExpiresOn);
        Assert.Equal("7", read.Properties.Tags["generation"]);
        Assert.Equal(_time.GetUtcNow(), read.Properties.CreatedOn);
        Assert.Equal(_time.GetUtcNow(), read.Properties.UpdatedOn);
    }

    [Fact]
    public async Task The_id_names_vault_secret_and_version()
    {
        var secret = (await Client.SetSecretAsync("a", "1")).Value;

        Assert.Equal(new Uri(Vault.Uri, $"secrets/a/{secret.Properties.Version}"), secret.Id);
        Assert.Equal(32, secret.Properties.Version.Length);
    }

    [Fact]
    public async Task The_latest_version_is_got_and_every_older_one_by_its_name()
    {
        var first = (await Client.SetSecretAsync("a", "1")).Value;
        var second = (await Client.SetSecretAsync("a", "2")).Value;

        Assert.Equal("2", (await Client.GetSecretAsync("a")).Value.Value);
        Assert.Equal("1", (await Client.GetSecretAsync("a", first.Properties.Version)).Value.Value);
        Assert.Equal("2", (await Client.GetSecretAsync("a", second.Properties.Version)).Value.Value);
    }

    [Fact]
    public async Task Names_do_not_differ_by_case()
    {
        await Client.SetSecretAsync("Name", "1");

        Assert.Equal("1", (await Client.GetSecretAsync("nAME")).Value.Value);
    }

    [Fact]
    public async Task A_missing_secret_is_404_SecretNotFound() =>
        await FailsAsync(() => Client.GetSecretAsync("missing"), 404, "SecretNotFound");

    [Fact]
    public async Task A_missing_version_is_404_SecretNotFound()
    {
        await Client.SetSecretAsync("a", "1");

        await FailsAsync(() => Client.GetSecretAsync("a", new string('0', 32)), 404, "SecretNotFound");
    }

    [Fact]
    public async Task A_disabled_version_is_403_and_comes_back_when_enabled()
    {
        var properties = (await Client.SetSecretAsync("a", "1")).Value.Properties;
        properties.Enabled = false;
        properties = (await Client.UpdateSecretPropertiesAsync(properties)).Value;

        await FailsAsync(() => Client.GetSecretAsync("a"), 403, "Forbidden");

        properties.Enabled = true;
        await Client.UpdateSecretPropertiesAsync(properties);
        Assert.Equal("1", (await Client.GetSecretAsync("a")).Value.Value);
    }

    [Fact]
    public async Task An_update_replaces_tags_keeps_the_rest_and_moves_updated()
    {
        var properties = (await Client.SetSecretAsync(new KeyVaultSecret("a", "1") { Properties = { Tags = { ["x"] = "1" }, ContentType = "c" } }))
            .Value.Properties;
        var created = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(5));
        properties.Tags.Clear();
        properties.Tags["y"] = "2";

        await Client.UpdateSecretPropertiesAsync(properties);

        var read = (await Client.GetSecretAsync("a")).Value;
        Assert.Equal("1", read.Value);
        Assert.Equal("c", read.Properties.ContentType);
        Assert.Equal(["y"], read.Properties.Tags.Keys);
        Assert.Equal(created, read.Properties.CreatedOn);
        Assert.Equal(created.AddSeconds(5), read.Properties.UpdatedOn);
    }

    [Fact]
    public async Task A_value_of_25_KB_fits_and_one_byte_more_does_not()
    {
        await Client.SetSecretAsync("a", new string('x', 25 * 1024));

        await FailsAsync(() => Client.SetSecretAsync("a", new string('x', (25 * 1024) + 1)), 400, "BadParameter");
    }

    [Theory]
    [InlineData("under_score")]
    [InlineData("dot.ted")]
    [InlineData("späce")]
    public async Task A_name_with_other_characters_is_400(string name) =>
        await FailsAsync(() => Client.SetSecretAsync(name, "1"), 400, "BadParameter");

    [Fact]
    public async Task A_name_has_at_most_127_characters()
    {
        await Client.SetSecretAsync(new string('n', 127), "1");

        await FailsAsync(() => Client.SetSecretAsync(new string('n', 128), "1"), 400, "BadParameter");
    }

    [Fact]
    public Task Any_value_within_the_limit_survives_the_round_trip() =>
        Gen.String[0, 2_000].SampleAsync(
            async value =>
            {
                // Unpaired surrogates are no text and do not survive UTF-8 anywhere.
                var text = string.Concat(value.Where(character => !char.IsSurrogate(character)));
                await Client.SetSecretAsync("any", text);
                return (await Client.GetSecretAsync("any")).Value.Value == text;
            },
            iter: 50,
            threads: 1);
}
