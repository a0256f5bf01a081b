using System.Security.Cryptography;
using System.Text;

namespace KommoFunctions.DeadLetters;

/// <summary>Ids of dead letters: by age first, then by what died, so that the same message that dies again keeps its row.</summary>
internal static class DeadLetterId
{
    public static string Of(string source, string messageId, DateTimeOffset receivedAt) =>
        $"{receivedAt.UtcTicks:D19}-{Digest(Encoding.UTF8.GetBytes($"{source}\n{messageId}"))}";

    /// <summary>For a message that could not be read, so has no id of its own.</summary>
    public static string OfUnreadable(string source, BinaryData message) =>
        $"{0:D19}-{Digest([.. Encoding.UTF8.GetBytes(source + "\n"), .. message.ToArray()])}";

    private static string Digest(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, 12));
}
