using Kommo.Tests.Support;

namespace Kommo.Tests.Drive;

/// <summary>A file storage that takes parts of a few bytes, and names the address of each next part as Kommo does.</summary>
internal static class DriveServer
{
    public const int PartSize = 4;

    /// <param name="bytes">How many bytes make the file whole.</param>
    /// <param name="host">The host that answers name; null for the server's own.</param>
    public static Task<KommoServer> StartAsync(int bytes, string? host = null)
    {
        var taken = 0;
        return KommoServer.StartAsync((request, context) =>
        {
            var at = $"{host ?? $"http://{context.Request.Host}"}/v1.0/sessions/upload/token-";
            taken += request.Path.EndsWith("/sessions", StringComparison.Ordinal) ? 0 : request.Body.Length;
            var answer = request.Path.EndsWith("/sessions", StringComparison.Ordinal)
                ? $$"""{"session_id":1,"upload_url":"{{at}}0","max_part_size":{{PartSize}},"max_file_size":20}"""
                : taken < bytes
                    ? $$"""{"session_id":1,"next_url":"{{at}}{{taken}}"}"""
                    : """{"uuid":"f","version_uuid":"v","name":"photo","size":10,"metadata":{"extension":"jpg","mime_type":"image/jpeg"},"_links":{"download":{"href":"https://d/f"}}}""";
            return new Answer(200, answer, "application/json").WriteAsync(context);
        });
    }

    public static KommoDriveClient Drive(this KommoServer server) => new(new HttpClient { BaseAddress = server.Address });
}
