using System.Buffers;
using System.Globalization;
using System.Text;

namespace Kommo.Webhooks;

/// <summary>Writes one event as the body of a hook that holds just this event, encoded as Kommo does.</summary>
public static class WebhookWriter
{
    /// <summary>Writes the body. Parsing it gives the same account and the same event.</summary>
    public static void Write(IBufferWriter<byte> writer, WebhookAccount account, WebhookEvent webhookEvent)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(webhookEvent);
        WriteAccount(writer, "account[subdomain]"u8, account.Subdomain);
        WriteAccount(writer, "account[id]"u8, account.Id?.ToString(CultureInfo.InvariantCulture));
        WriteAccount(writer, "account[_links][self]"u8, account.Self?.OriginalString);

        var item = Encoding.UTF8.GetBytes(
            webhookEvent.Entity.Length == 0 ? $"{webhookEvent.Action}[0]" : $"{webhookEvent.Entity}[{webhookEvent.Action}][0]");
        var fields = webhookEvent.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
            {
                writer.Write("&"u8);
            }

            FormText.Encode(item, writer);
            FormText.Encode(fields.Spans[i].Key(fields.Buffer), writer);
            writer.Write("="u8);
            FormText.Encode(fields.Spans[i].Value(fields.Buffer), writer);
        }
    }

    /// <summary>The body as bytes.</summary>
    public static byte[] Write(WebhookAccount account, WebhookEvent webhookEvent)
    {
        var writer = new ArrayBufferWriter<byte>();
        Write(writer, account, webhookEvent);
        return writer.WrittenSpan.ToArray();
    }

    private static void WriteAccount(IBufferWriter<byte> writer, ReadOnlySpan<byte> key, string? value)
    {
        if (value is null)
        {
            return;
        }

        FormText.Encode(key, writer);
        writer.Write("="u8);
        FormText.Encode(Encoding.UTF8.GetBytes(value), writer);
        writer.Write("&"u8);
    }
}
