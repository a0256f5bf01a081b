using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Configuration;

/// <summary>Registers public types whose constructors are internal, because what they are made of is nobody else's business.</summary>
internal static class InternalServices
{
    /// <param name="services">The services.</param>
    /// <param name="given">Arguments that are no services.</param>
    public static IServiceCollection AddInternal<TService>(
        this IServiceCollection services, Func<IServiceProvider, object[]>? given = null)
        where TService : class
    {
        var constructor = typeof(TService).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single();
        var parameters = constructor.GetParameters();
        return services.AddSingleton(provider =>
        {
            var extra = given?.Invoke(provider) ?? [];
            var arguments = parameters.Select(p =>
                Array.Find(extra, p.ParameterType.IsInstanceOfType) ?? provider.GetRequiredService(p.ParameterType));
            return (TService)constructor.Invoke([.. arguments]);
        });
    }
}
