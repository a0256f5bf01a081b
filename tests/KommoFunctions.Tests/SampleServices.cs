using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KommoFunctions.Tests;

/// <summary>The app's services with the sample settings, read as the worker reads them: from variables whose colons are two underscores.</summary>
internal static class SampleServices
{
    public static IReadOnlyDictionary<string, string?> Settings() => RepositoryFile.Json("local.settings.sample.json").GetProperty("Values").EnumerateObject()
        .ToDictionary(value => value.Name.Replace("__", ":", StringComparison.Ordinal), value => value.Value.GetString());

    public static ServiceProvider Create()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Services.AddLogging();
        App.Add(builder);
        return builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }
}
