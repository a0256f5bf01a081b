using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Configuration;

internal static class SettingsExtensions
{
    /// <summary>Binds <typeparamref name="TOptions"/> to <c>KommoFunctions:<paramref name="name"/></c> and checks it at start.</summary>
    public static IServiceCollection AddSettings<TOptions>(
        this IServiceCollection services, IConfiguration configuration, string? name, Func<TOptions, string, string?>? check = null)
        where TOptions : class
    {
        var section = configuration.GetSection(name is null ? KommoFunctionsBuilder.Section : $"{KommoFunctionsBuilder.Section}:{name}");
        services.AddOptions<TOptions>()
            .Configure(options => SettingsBinder.Bind(section, options))
            .ValidateOnStart();
        if (check is not null)
        {
            services.AddSingleton<IValidateOptions<TOptions>>(new CheckedOptions<TOptions>(options => check(options, section.Path)));
        }

        return services;
    }

    private sealed class CheckedOptions<TOptions>(Func<TOptions, string?> check) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            check(options) is { } failure ? ValidateOptionsResult.Fail(failure) : ValidateOptionsResult.Success;
    }
}
