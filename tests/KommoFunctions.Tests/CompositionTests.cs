using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Tests;

public sealed class CompositionTests
{
    public static TheoryData<Type> FunctionTypes => [.. AppFunctions.Methods.Select(method => method.DeclaringType!).Distinct()];

    [Theory]
    [MemberData(nameof(FunctionTypes))]
    public async Task A_function_gets_what_it_asks_for(Type type)
    {
        await using var services = SampleServices.Create();

        Assert.NotNull(ActivatorUtilities.CreateInstance(services, type));
    }

    [Fact]
    public async Task The_sample_settings_are_enough_to_start()
    {
        await using var services = SampleServices.Create();
        var validators = services.GetServices<IStartupValidator>().ToArray();

        Assert.NotEmpty(validators);
        Assert.All(validators, validator => validator.Validate());
    }
}
