using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace KommoFunctions.Tests;

public sealed class FunctionTests
{
    [Fact]
    public async Task These_are_the_functions()
    {
        string[] expected =
        [
            "ReceiveHook", "ReceiveSalesbotRequest", "ReceiveChatHook", "ReceiveUninstall",
            "StartConnecting", "FinishConnecting", "ListAccounts", "AddAccount", "GetAccount", "RemoveAccount",
            "ListDeadLetters", "ReplayDeadLetter", "DiscardDeadLetter",
            "GetDeadLetter", "EditDeadLetter", "UndoDeadLetterEdit", "ReplayDeadLetters", "DiscardDeadLetters",
            "SplitHook", "HandleEvent", "DispatchCommands", "CollectPoisonHooks", "CollectPoisonEvents", "CollectPoisonDispatch",
            "RefreshTokens", "Reconcile", "Maintain",
        ];

        Assert.Equal(expected.Order(), (await AppFunctions.TriggersAsync()).Keys.Order());
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
