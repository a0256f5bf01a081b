using System.Net;
using KommoFunctions.Emulators;
using KommoFunctions.Local.App;

namespace KommoFunctions.Local.Tests.App;

public sealed class StartTests
{
    [Fact]
    public async Task An_app_that_starts_while_storage_and_the_vault_are_away_stays_up_and_refuses_hooks_for_now()
    {
        var (nobody, port) = ($"127.0.0.1:{Ports.FindToKeep(1)[0]}", Ports.FindToKeep(1)[0]);
        await using var app = LocalApp.Build(
            port,
            new Dictionary<string, string?>
            {
                ["KommoStorage"] = $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://{nobody}/a;QueueEndpoint=http://{nobody}/a;TableEndpoint=http://{nobody}/a;",
                ["KommoFunctions:KeyVault:Uri"] = $"https://{nobody}/",
                ["KommoFunctions:KeyVault:Emulator"] = "true",
                ["KommoFunctions:OAuth:ClientId"] = "00000000-0000-4000-8000-000000000001",
                ["KommoFunctions:OAuth:RedirectUri"] = $"http://localhost:{port}/api/oauth/callback",
                ["KommoFunctions:PublicUrl"] = $"http://localhost:{port}",
            },
            quiet: true);

        await LocalApp.StartAsync(app, CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);

        using var http = new HttpClient();
        using var response = await http.PostAsync(
            new Uri($"http://localhost:{port}/api/hooks/1/{new string('A', 43)}"), new FormUrlEncodedContent([new("account[id]", "1")]));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }
}
