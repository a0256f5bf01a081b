using System.Globalization;
using Google.Protobuf;
using KommoFunctions.Start.Protocol;

namespace KommoFunctions.Start;

/// <summary>A hook, as the host hands an HTTP request over to a function.</summary>
/// <param name="Address">The hook's address: <c>/api/hooks/{accountId}/{token}</c>.</param>
/// <param name="Lead">The lead that it is about, by which it is found again.</param>
internal sealed record HookRequest(Uri Address, int Lead)
{
    /// <summary>The name of the function's parameter that is bound to its trigger.</summary>
    private const string Trigger = "request";

    public InvocationRequest ToInvocation(string functionId)
    {
        var parts = Address.Segments;
        var (account, token) = (parts[^2].Trim('/'), parts[^1]);
        var http = new RpcHttp { Method = "POST", Url = Address.AbsoluteUri, Body = new TypedData { Bytes = ByteString.CopyFromUtf8(Body(account)) } };
        http.NullableHeaders["Content-Type"] = new NullableString { Value = "application/x-www-form-urlencoded" };
        http.NullableParams["accountId"] = new NullableString { Value = account };
        http.NullableParams["token"] = new NullableString { Value = token };

        var invocation = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = functionId,
            TraceContext = new RpcTraceContext(),
        };
        invocation.InputData.Add(new ParameterBinding { Name = Trigger, Data = new TypedData { Http = http } });
        invocation.TriggerMetadata["accountId"] = new TypedData { String = account };
        invocation.TriggerMetadata["token"] = new TypedData { String = token };
        return invocation;
    }

    private string Body(string account) => string.Create(
        CultureInfo.InvariantCulture,
        $"account%5Bsubdomain%5D=example&account%5Bid%5D={account}&leads%5Badd%5D%5B0%5D%5Bid%5D={Lead}&leads%5Badd%5D%5B0%5D%5Bname%5D=Somebody+new");
}
