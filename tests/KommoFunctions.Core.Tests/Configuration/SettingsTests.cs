using KommoFunctions.Core.Tests.Framework;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Core.Tests.Configuration;

public sealed class SettingsTests
{
    [Fact]
    public void Right_settings_are_accepted() => Assert.Null(Record.Exception(() => Validate(Right())));

    [Theory]
    [InlineData("KommoFunctions:KeyVault:Uri", null, "is missing. It should be the vault's address, such as https://my-vault.vault.azure.net/")]
    [InlineData("KommoFunctions:KeyVault:Uri", "my-vault", "is 'my-vault'. It should be the vault's address, such as https://")]
    [InlineData("KommoFunctions:KeyVault:Uri", "http://my-vault.vault.azure.net", "such as https://my-vault.vault.azure.net/")]
    [InlineData("KommoFunctions:KeyVault:Emulator", "perhaps", "is 'perhaps'. It should be true or false")]
    [InlineData("KommoFunctions:KeyVault:Emulator", "true", "An emulator should be on this machine, such as https://localhost:10003/")]
    [InlineData("KommoFunctions:OAuth:ClientId", null, "is missing. It should be the integration's id")]
    [InlineData("KommoFunctions:OAuth:ClientId", "   ", "is missing. It should be the integration's id")]
    [InlineData("KommoFunctions:OAuth:RedirectUri", null, "is missing. It should be the redirect address")]
    [InlineData("KommoFunctions:OAuth:RedirectUri", "callback", "is 'callback'. It should be an address such as https://")]
    [InlineData("KommoFunctions:PublicUrl", null, "is missing. It should be the app's public address, such as https://")]
    [InlineData("KommoFunctions:PublicUrl", "my-app", "is 'my-app'. It should be the app's public address, such as https://")]
    [InlineData("KommoFunctions:PublicUrl", "http://my-app.example", "should be the app's public address, such as https://")]
    [InlineData("KommoFunctions:PublicUrl", "https://my-app.example/api", "should be the app's public address, such as https://")]
    [InlineData("KommoFunctions:Intake:MaxBodyBytes", "4MB", "is '4MB'. It should be a number of bytes from 1024 to 33554432")]
    [InlineData("KommoFunctions:Intake:Deadline", "00:00:03", "is '00:00:03'. It should be a time span up to 2 seconds")]
    [InlineData("KommoFunctions:Retry:HandlerAttempts", "0", "is '0'. It should be a whole number from 1 to 100")]
    [InlineData("KommoFunctions:Limit:RequestsPerSecond", "51", "is '51'. It should be a whole number from 1 to 50")]
    [InlineData("KommoFunctions:Limit:OutboundAddress", "nat/weu", "is 'nat/weu'. It should be a name such as shared or nat-weu-1, of at most 100 characters, none of them '/'")]
    [InlineData("KommoFunctions:Limit:OutboundAddress", "nat#1", "is 'nat#1'. It should be a name such as shared")]
    [InlineData("KommoFunctions:Limit:OutboundAddress", "nat\u0001", "or a control character")]
    [InlineData("KommoFunctions:Outbox:BatchSize", "251", "is '251'. It should be a whole number from 1 to 250")]
    [InlineData("KommoFunctions:Tokens:RefreshAtPercent", "5", "is '5'. It should be a whole number of percent from 10 to 90")]
    [InlineData("KommoFunctions:Reconciliation:Settle", "soon", "is 'soon'. It should be a time span")]
    [InlineData("KommoFunctions:Maintenance:KeepEvents", "7", "")]
    [InlineData("KommoFunctions:Maintenance:KeepEvents", "6.23:59:59", "is '6.23:59:59'. It should be a time span from 7.00:00:00")]
    [InlineData("KommoFunctions:Maintenance:KeepSecrets", "91.00:00:00", "It should be a time span from 00:00:00 to 90.00:00:00")]
    [InlineData("KommoFunctions:Connect:StateLifetime", "02:00:00", "is '02:00:00'. It should be a time span from 00:01:00 to 01:00:00")]
    [InlineData("KommoFunctions:Connect:AllowLoopback", "true", "which is for local development. It should be false unless KommoFunctions:PublicUrl is on this machine")]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "https://www.evil.com/oauth", "It should be Kommo's authorization page, such as https://www.kommo.com/oauth")]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "https://www.kommo.com.evil.com/oauth", "It should be Kommo's authorization page")]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "https://example.kommo.com/oauth", "It should be Kommo's authorization page")]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "http://www.kommo.com/oauth", "It should be Kommo's authorization page")]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "https://www.kommo.com/oauth?next=x", "It should be Kommo's authorization page")]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "https://user@www.kommo.com/oauth", "It should be Kommo's authorization page")]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "http://127.0.0.1:10004/oauth", "It should be Kommo's authorization page")]
    [InlineData("KommoFunctions:FollowUp:TaskTypeId", "0", "is '0'. It should be a whole number from 1")]
    public void A_setting_that_is_missing_or_wrong_is_named_with_its_shape(string name, string? value, string says)
    {
        var settings = Right();
        settings[name] = value;

        var e = Record.Exception(() => Validate(settings));

        if (says.Length == 0)
        {
            // Seven days: a number alone is a time span to .NET.
            Assert.Null(e);
            return;
        }

        Assert.IsType<OptionsValidationException>(e);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("KommoStorage", null, "KommoStorage:queueServiceUri is missing")]
    [InlineData("KommoStorage", "nonsense", "KommoStorage is no connection string")]
    [InlineData("KommoStorage", "AccountName=x", "KommoStorage is no connection string")]
    [InlineData("KommoStorage:queueServiceUri", "http://myaccount.queue.core.windows.net", "KommoStorage:queueServiceUri is 'http://")]
    public void A_storage_connection_that_is_missing_or_wrong_is_named_with_its_shape(string name, string? value, string says)
    {
        var settings = Right();
        settings["KommoStorage"] = null;
        settings[name] = value;

        var e = Assert.Throws<OptionsValidationException>(() => Validate(settings));

        Assert.StartsWith(says, e.Message, StringComparison.Ordinal);
        Assert.Contains("KommoStorage should be a connection string", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_storage_account_can_be_named_by_its_services()
    {
        var settings = Right();
        settings["KommoStorage"] = null;
        foreach (var service in (string[])["queue", "table", "blob"])
        {
            settings[$"KommoStorage:{service}ServiceUri"] = $"https://myaccount.{service}.core.windows.net";
        }

        Assert.Null(Record.Exception(() => Validate(settings)));
    }

    [Fact]
    public void Several_wrong_settings_of_one_kind_are_named_together()
    {
        var settings = Right();
        settings["KommoFunctions:OAuth:ClientId"] = null;
        settings["KommoFunctions:OAuth:RedirectUri"] = null;

        var e = Assert.Throws<OptionsValidationException>(() => Validate(settings));

        Assert.Equal(2, e.Failures.Count());
    }

    [Theory]
    [InlineData("https://127.0.0.1:10003/")]
    [InlineData("https://localhost:10003/")]
    public void A_vault_emulator_on_this_machine_is_accepted(string uri)
    {
        var settings = Right();
        settings["KommoFunctions:KeyVault:Uri"] = uri;
        settings["KommoFunctions:KeyVault:Emulator"] = "true";

        Assert.Null(Record.Exception(() => Validate(settings)));
    }

    [Theory]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "https://www.amocrm.ru/oauth")]
    [InlineData("KommoFunctions:Connect:AuthorizationPage", "https://www.kommo.com/oauth")]
    [InlineData("KommoFunctions:Connect:AllowInstallFromKommo", "true")]
    public void A_setting_of_connecting_is_accepted(string name, string value)
    {
        var settings = Right();
        settings[name] = value;

        Assert.Null(Record.Exception(() => Validate(settings)));
    }

    [Fact]
    public void An_account_on_this_machine_is_accepted_by_an_app_on_this_machine()
    {
        var settings = Right();
        settings["KommoFunctions:PublicUrl"] = "http://localhost:7071";
        settings["KommoFunctions:Connect:AllowLoopback"] = "true";
        settings["KommoFunctions:Connect:AuthorizationPage"] = "http://127.0.0.1:10004/oauth";

        Assert.Null(Record.Exception(() => Validate(settings)));
    }

    private static Dictionary<string, string?> Right() => new()
    {
        ["KommoStorage"] = "UseDevelopmentStorage=true",
        ["KommoFunctions:KeyVault:Uri"] = "https://my-vault.vault.azure.net/",
        ["KommoFunctions:OAuth:ClientId"] = "00000000-0000-4000-8000-000000000001",
        ["KommoFunctions:OAuth:RedirectUri"] = "https://my-app.azurewebsites.net/api/oauth/callback",
        ["KommoFunctions:PublicUrl"] = "https://my-app.azurewebsites.net",
    };

    private static void Validate(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKommoFunctions(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddHandler<LeadAddedHandler>();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}
