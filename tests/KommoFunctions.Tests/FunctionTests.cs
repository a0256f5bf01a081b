using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Tests;

public sealed class FunctionTests
{
    [Fact]
    public async Task Every_function_has_a_trigger_that_the_local_host_stands_in_for()
    {
        string[] compared = ["httpTrigger", "queueTrigger", "timerTrigger"];

        Assert.All((await AppFunctions.TriggersAsync()).Values, trigger => Assert.Contains(trigger.GetProperty("type").GetString(), compared));
    }

    [Fact]
    public async Task The_host_is_told_of_every_function_in_the_code()
    {
        var inCode = AppFunctions.Methods.Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

        Assert.Equal(inCode.Order(), (await AppFunctions.TriggersAsync()).Keys.Order());
    }

    [Fact]
    public void Every_function_can_be_cancelled() => Assert.All(
        AppFunctions.Methods,
        method => Assert.Contains(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken)));
}
