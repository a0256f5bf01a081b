using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kommo.Webhooks;

namespace KommoFunctions.Splitting;

/// <summary>
/// The identity of an event, derived from its content, so that the same event is known again whenever and however it comes.
/// An entity is added once in its life: its <c>add</c> is identified by the id alone, so that one fetched by reconciliation equals the one
/// that a hook brought. Every other event is identified by all its fields, the time of the change among them.
/// </summary>
internal static class EventKey
{
    private static readonly WebhookAccount NoAccount = new();

    public static string Of(long accountId, WebhookEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(8), accountId);
        buffer.Advance(8);
        if (e.Action == "add" && e.EntityId is { } id)
        {
            // Companies come under "contacts": the kind of entity is in the event's type, where it has one of its own.
            Encoding.UTF8.GetBytes($"{(e is UnknownEvent ? e.Entity : e.GetType().Name)}\n{id}", buffer);
        }
        else
        {
            WebhookWriter.Write(buffer, NoAccount, e);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan).AsSpan(0, 16));
    }
}
