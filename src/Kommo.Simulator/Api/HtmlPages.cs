namespace Kommo.Simulator.Api;

/// <summary>The pages that nginx answers in Kommo's stead.</summary>
internal static class HtmlPages
{
    public const string Forbidden = "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n" +
        "<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

    public const string NotFound = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n" +
        "<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

    public const string GatewayTimeout = "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n" +
        "<center><h1>504 Gateway Time-out</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
}
