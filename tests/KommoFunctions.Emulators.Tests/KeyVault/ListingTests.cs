using System.Net.Http.Headers;

namespace KommoFunctions.Emulators.KeyVault;

public sealed class ListingTests : VaultTestBase
{
    [Fact]
    public async Task Every_secret_is_listed_over_pages_of_25()
    {
        var names = Enumerable.Range(0, 60).Select(number => $"secret-{number:000}").ToList();
        foreach (var name in names)
        {
            await Client.SetSecretAsync(name, "1");
        }

        var listed = await Client.GetPropertiesOfSecretsAsync().ToListAsync();

        Assert.Equal(names, listed.Select(properties => properties.Name));
        Assert.All(listed, properties => Assert.Null(properties.Version));
        Assert.Equal(3, Vault.Statistics[KeyVaultOperation.List]);
    }

    [Fact]
    public async Task Every_version_is_listed_over_pages()
    {
        var versions = new List<string>();
        for (var number = 0; number < 30; number++)
        {
            versions.Add((await Client.SetSecretAsync("a", $"{number}")).Value.Properties.Version);
        }

        var listed = await Client.GetPropertiesOfSecretVersionsAsync("a").ToListAsync();

        Assert.Equal(versions, listed.Select(properties => properties.Version));
        Assert.Equal(2, Vault.Statistics[KeyVaultOperation.ListVersions]);
    }

    [Fact]
    public async Task A_secret_deleted_between_two_pages_hides_no_other()
    {
        var names = Enumerable.Range(0, 30).Select(number => $"secret-{number:000}").ToList();
        foreach (var name in names)
        {
            await Client.SetSecretAsync(name, "1");
        }

        var listed = new List<string>();
        await foreach (var page in Client.GetPropertiesOfSecretsAsync().AsPages())
        {
            listed.AddRange(page.Values.Select(properties => properties.Name));
            if (page.ContinuationToken is not null)
            {
                await Client.StartDeleteSecretAsync("secret-024");
            }
        }

        Assert.Equal(names, listed);
    }

    [Theory]
    [InlineData("2", 200)]
    [InlineData("0", 400)]
    [InlineData("26", 400)]
    [InlineData("many", 400)]
    public async Task The_page_size_is_1_to_25(string maxResults, int status)
    {
        using var http = Vault.CreateHttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "any");

        using var response = await http.GetAsync(new Uri(Vault.Uri, $"secrets?api-version=7.5&maxresults={maxResults}"));

        Assert.Equal(status, (int)response.StatusCode);
    }
}
