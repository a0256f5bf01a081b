using KommoFunctions.EndToEnd.Tests.Framework;

namespace KommoFunctions.EndToEnd.Tests;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string?> Right = new()
    {
        ["KommoStorage"] = "UseDevelopmentStorage=true",
        ["KommoFunctions__KeyVault__Uri"] = "https://localhost:10003/",
        ["KommoFunctions__KeyVault__Emulator"] = "true",
        ["KommoFunctions__OAuth__ClientId"] = "00000000-0000-4000-8000-000000000001",
        ["KommoFunctions__OAuth__RedirectUri"] = "http://localhost:7071/api/oauth/callback",
        ["KommoFunctions__PublicUrl"] = "http://localhost:7071",
    };

    [Theory]
    [InlineData("KommoStorage", null, "KommoStorage")]
    [InlineData("KommoStorage", "nonsense", "KommoStorage")]
    [InlineData("KommoFunctions__KeyVault__Uri", null, "KommoFunctions:KeyVault:Uri")]
    [InlineData("KommoFunctions__KeyVault__Uri", "my vault", "KommoFunctions:KeyVault:Uri")]
    [InlineData("KommoFunctions__KeyVault__Uri", "https://my-vault.vault.azure.net/", "KommoFunctions:KeyVault:Emulator")]
    [InlineData("KommoFunctions__OAuth__ClientId", null, "KommoFunctions:OAuth:ClientId")]
    [InlineData("KommoFunctions__OAuth__RedirectUri", "callback", "KommoFunctions:OAuth:RedirectUri")]
    [InlineData("KommoFunctions__PublicUrl", "http://my-app.example", "KommoFunctions:PublicUrl")]
    [InlineData("KommoFunctions__Intake__MaxBodyBytes", "much", "KommoFunctions:Intake:MaxBodyBytes")]
    [InlineData("KommoFunctions__Limit__RequestsPerSecond", "0", "KommoFunctions:Limit:RequestsPerSecond")]
    public async Task A_missing_or_wrong_setting_ends_the_start_with_one_line_that_names_it(string setting, string? value, string named)
    {
        var settings = new Dictionary<string, string?>(Right) { [setting] = value };
        await using var app = LocalProcess.Start(settings, "app", "--port", $"{Emulators.Ports.FindFree()}");
        Assert.Equal(1, await app.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        var line = Assert.Single(app.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith(named, line, StringComparison.Ordinal);
        Assert.Contains("should be", line, StringComparison.Ordinal);
    }
}
