namespace Kommo.Tests.Support;

internal static class ServerCalls
{
    /// <summary>What was asked: method, path and body, in order.</summary>
    public static IReadOnlyList<(string Method, string Path, string Body)> Calls(this KommoServer server) =>
        [.. server.Requests.Select(request => (request.Method, request.Path, request.Body))];
}
