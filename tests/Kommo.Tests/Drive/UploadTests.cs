using System.Text;
using Kommo.Tests.Support;

namespace Kommo.Tests.Drive;

public sealed class UploadTests
{
    [Fact]
    public async Task A_file_goes_in_parts_each_to_the_address_that_the_one_before_named()
    {
        await using var server = await DriveServer.StartAsync(10);
        using var photo = new MemoryStream("__0123456789"u8.ToArray()) { Position = 2 };

        var file = await server.Drive().UploadAsync(new() { FileName = "photo.jpg", ContentType = "image/jpeg", WithPreview = true }, photo);

        Assert.Equal(("f", "v", "jpg", "https://d/f"), (file.Uuid, file.VersionUuid, file.Metadata!.Extension, file.DownloadLink));
        Assert.Equal(
            [
                ("POST", "/v1.0/sessions", """{"file_name":"photo.jpg","file_size":10,"content_type":"image/jpeg","with_preview":true}"""),
                ("POST", "/v1.0/sessions/upload/token-0", "0123"),
                ("POST", "/v1.0/sessions/upload/token-4", "4567"),
                ("POST", "/v1.0/sessions/upload/token-8", "89"),
            ],
            server.Calls());
        Assert.Equal("application/octet-stream", server.Requests[1].Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_new_version_of_a_file_names_it()
    {
        await using var server = await DriveServer.StartAsync(3);
        using var content = new MemoryStream("abc"u8.ToArray());

        await server.Drive().UploadAsync(new() { FileName = "p.jpg", FileUuid = "f" }, content);

        Assert.Equal("""{"file_name":"p.jpg","file_size":3,"file_uuid":"f"}""", server.Requests[0].Body);
    }

    [Fact]
    public async Task A_stream_that_cannot_tell_its_length_needs_the_size_and_is_then_read_in_small_steps()
    {
        await using var server = await DriveServer.StartAsync(10);
        using var content = new Trickle("0123456789");

        await Assert.ThrowsAsync<ArgumentException>(() => server.Drive().UploadAsync(new() { FileName = "p" }, content));
        Assert.Empty(server.Requests);

        await server.Drive().UploadAsync(new() { FileName = "p", FileSize = 10 }, content);
        Assert.Equal(["0123", "4567", "89"], server.Requests.Skip(1).Select(request => request.Body));
    }

    [Fact]
    public async Task Nothing_and_too_much_are_not_uploaded()
    {
        await using var server = await DriveServer.StartAsync(10);
        using var empty = new MemoryStream();
        using var large = new MemoryStream(new byte[21]);

        await Assert.ThrowsAsync<ArgumentException>(() => server.Drive().UploadAsync(new() { FileName = "p" }, empty));
        await Assert.ThrowsAsync<ArgumentException>(() => server.Drive().OpenSessionAsync(new() { FileName = "p" }));
        Assert.Empty(server.Requests);

        var error = await Assert.ThrowsAsync<KommoLimitException>(() => server.Drive().UploadAsync(new() { FileName = "p" }, large));
        Assert.Contains("20 bytes", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stream_that_ends_early_is_an_error()
    {
        await using var server = await DriveServer.StartAsync(10);
        using var content = new MemoryStream("01234"u8.ToArray());

        await Assert.ThrowsAsync<EndOfStreamException>(() => server.Drive().UploadAsync(new() { FileName = "p", FileSize = 10 }, content));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    public async Task An_upload_that_Kommo_ends_at_another_byte_is_an_error_of_unknown_fate(int bytes)
    {
        await using var server = await DriveServer.StartAsync(bytes);
        using var content = new MemoryStream("0123456789"u8.ToArray());

        var error = await Assert.ThrowsAsync<KommoUnexpectedResponseException>(() => server.Drive().UploadAsync(new() { FileName = "p" }, content));

        Assert.Equal(RequestFate.Unknown, error.Fate);
    }

    [Fact]
    public async Task A_part_does_not_follow_an_address_on_another_host()
    {
        await using var server = await DriveServer.StartAsync(10, host: "https://elsewhere.example.com");
        using var content = new MemoryStream("0123456789"u8.ToArray());

        await Assert.ThrowsAsync<ArgumentException>(() => server.Drive().UploadAsync(new() { FileName = "p" }, content));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Parts_can_be_sent_by_the_caller()
    {
        await using var server = await DriveServer.StartAsync(6);
        var drive = server.Drive();

        var session = await drive.OpenSessionAsync(new() { FileName = "p", FileSize = 6 });
        var first = await drive.UploadPartAsync(session.UploadUrl, "0123"u8.ToArray());
        var last = await drive.UploadPartAsync(first.NextUrl!, "45"u8.ToArray());

        Assert.Equal((4, 20), (session.MaxPartSize, session.MaxFileSize));
        Assert.Null(first.File);
        Assert.Equal("f", last.File!.Uuid);
        Assert.Null(last.NextUrl);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => drive.UploadPartAsync(session.UploadUrl, default));
    }

    [Fact]
    public async Task The_token_goes_with_each_part()
    {
        await using var server = await DriveServer.StartAsync(8);
        using var content = new MemoryStream("01234567"u8.ToArray());

        await KommoDriveClient.Create(server.Address, "secret").UploadAsync(new() { FileName = "p" }, content);

        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal("Bearer secret", request.Headers["Authorization"]));
    }

    /// <summary>A stream without a length that gives one byte at a time, as a network does.</summary>
    private sealed class Trickle(string text) : MemoryStream(Encoding.ASCII.GetBytes(text))
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    }
}
