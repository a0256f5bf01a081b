using System.Net.Http.Headers;
using System.Reflection;

namespace Kommo.Http;

/// <summary>How this library names itself.</summary>
internal static class LibraryVersion
{
    public static string Version { get; } =
        typeof(LibraryVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Kommo asks for no User-Agent, yet a bare one draws suspicion, so the library always sends its own.</summary>
    public static IReadOnlyList<ProductInfoHeaderValue> UserAgent { get; } =
        [new ProductInfoHeaderValue("KommoFunctions", Version), new ProductInfoHeaderValue("(Kommo for .NET)")];
}
