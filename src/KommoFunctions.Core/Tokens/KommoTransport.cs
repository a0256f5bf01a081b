using Kommo.Http;

namespace KommoFunctions.Tokens;

/// <summary>The connections to Kommo, shared by all accounts.</summary>
internal sealed class KommoTransport : IDisposable
{
    public SocketsHttpHandler Handler { get; } = KommoPipeline.CreateTransport();

    public void Dispose() => Handler.Dispose();
}
