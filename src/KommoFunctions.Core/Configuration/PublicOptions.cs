namespace KommoFunctions.Configuration;

/// <summary>Where Kommo reaches the app. Setting: <c>KommoFunctions:PublicUrl</c>.</summary>
public sealed class PublicOptions
{
    /// <summary>The app's public address, without a path. Required.</summary>
    [Setting("the app's public address, such as https://my-app.azurewebsites.net", Required = true)]
    public string PublicUrl { get; set; } = string.Empty;

    internal Uri BaseAddress => new(PublicUrl.TrimEnd('/') + "/");

    internal static string? Check(PublicOptions options, string path) =>
        Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.PathAndQuery == "/"
            ? null
            : $"{path}:{nameof(PublicUrl)} is '{options.PublicUrl}'. It should be the app's public address, such as https://my-app.azurewebsites.net.";
}
