using Azure.Storage.Blobs;
using CsCheck;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Tests;

namespace KommoFunctions.Core.Tests.Messaging;

public sealed class ContentCodecTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int QueueLimit = 48 * 1024;

    private readonly BlobContainerClient _bodies = new(azurite.ConnectionString, AzuriteFixture.NewContainerName());

    private ContentCodec Codec => new(_bodies, TimeProvider.System);

    public async ValueTask InitializeAsync() => await _bodies.CreateAsync();

    public async ValueTask DisposeAsync() => await _bodies.DeleteAsync();

    [Fact]
    public Task Any_bytes_come_back_and_fit_into_a_message() =>
        Gen.Byte.Array[0, 2_000].SampleAsync(bytes => RoundTripsAsync(bytes), iter: 1_000);

    [Fact]
    public Task Any_text_comes_back_and_fits_into_a_message() =>
        Gen.String[0, 60_000].SampleAsync(text => RoundTripsAsync(System.Text.Encoding.UTF8.GetBytes(text)), iter: 60);

    [Fact]
    public Task Any_size_around_the_limits_comes_back_and_fits_into_a_message() =>
        Gen.Select(Gen.Int[25_000, 70_000], Gen.OneOf(Gen.Const("a"), Gen.Const("\""), Gen.Const("ä"), Gen.Const("\u0001"), Gen.Const("\U0001F600"), Gen.Const("+&%5B")))
            .SampleAsync((size, piece) => RoundTripsAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, size / piece.Length)))), iter: 200);

    [Fact]
    public Task Large_noise_comes_back() =>
        Gen.Select(Gen.Int[30_000, 300_000], Gen.Int).SampleAsync((size, seed) =>
        {
            var bytes = new byte[size];
            new Random(seed).NextBytes(bytes);
            return RoundTripsAsync(bytes);
        }, iter: 30);

    [Fact]
    public async Task A_small_message_cannot_fill_the_memory()
    {
        using var output = new MemoryStream();
        await using (var brotli = new System.IO.Compression.BrotliStream(output, System.IO.Compression.CompressionLevel.Fastest))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 65; i++)
            {
                await brotli.WriteAsync(zeros);
            }
        }

        await Assert.ThrowsAsync<UnreadableMessageException>(() => Codec.UnpackAsync(
            new Content(ContentEncoding.Brotli, Convert.ToBase64String(output.ToArray())), CancellationToken.None));
    }

    [Theory]
    [InlineData(ContentEncoding.Base64, "???")]
    [InlineData(ContentEncoding.Brotli, "???")]
    [InlineData(ContentEncoding.Brotli, "////")]
    [InlineData(ContentEncoding.Blob, "nowhere")]
    public async Task Damaged_content_is_called_unreadable(object encoding, string value) =>
        await Assert.ThrowsAsync<UnreadableMessageException>(() => Codec.UnpackAsync(
            new Content((ContentEncoding)encoding, value), CancellationToken.None));

    private async Task RoundTripsAsync(byte[] body)
    {
        var envelope = new Envelope
        {
            Id = Guid.NewGuid().ToString("N"),
            AccountId = long.MaxValue,
            ReceivedAt = TimeProvider.System.GetUtcNow(),
            Content = await Codec.PackAsync(body, Guid.NewGuid().ToString("N"), CancellationToken.None),
        };
        var message = envelope.ToBinaryData();
        Assert.InRange(message.ToMemory().Length, 1, QueueLimit - 7_000);
        Assert.Equal(body, (await Codec.UnpackAsync(Envelope.Parse(message).Content, CancellationToken.None)).ToArray());
    }
}
