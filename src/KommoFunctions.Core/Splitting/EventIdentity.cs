using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kommo.Webhooks;

namespace KommoFunctions.Splitting;

/// <summary>
/// The identity of an event, derived from its content, so that the same event is known again whenever and however it comes.
/// An entity is added once in its life: its <c>add</c> is identified by the id alone, so that one fetched by reconciliation, or brought by the
/// Digital Pipeline with ids only, equals the one that an ordinary hook brings. Every other event is identified by all its fields, the time of
/// the change among them.
/// </summary>
/// <param name="Id">32 hexadecimal digits: those of the entity first, so that what is known of one entity lies side by side.</param>
/// <param name="IsTimeless">
/// Whether nothing in the event tells when it happened, as in deletions and in the Digital Pipeline (Kommo: Digital Pipeline webhooks): the same
/// stage move on another day looks the same.
/// </param>
internal sealed record EventIdentity(string Id, bool IsTimeless)
{
    /// <summary>The digits of <see cref="Id"/> that tell the entity within its account.</summary>
    public const int EntityDigits = 12;

    private static readonly WebhookAccount NoAccount = new();

    public static EventIdentity Of(long accountId, WebhookEvent e)
    {
        var content = new ArrayBufferWriter<byte>(512);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{accountId}\n"), content);
        if (e.Action == "add" && e.Entity.Length > 0 && e.EntityId is { } id)
        {
            Encoding.UTF8.GetBytes($"add\n{KindOf(e)}\n{id}", content);
        }
        else
        {
            WebhookWriter.Write(content, NoAccount, e);
        }

        var key = SHA256.HashData(content.WrittenSpan);
        var entity = EntityOf(e) is { } known ? SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{accountId}\n{known}"))) : key;
        return new EventIdentity(
            string.Concat(Convert.ToHexStringLower(entity.AsSpan(0, EntityDigits / 2)), Convert.ToHexStringLower(key.AsSpan(0, 16 - (EntityDigits / 2)))),
            e.Action != "add" && EventTime.OfChange(e) is null);
    }

    /// <summary>The entity whose state the event tells; a note is one of its own, since it says nothing of what it stands on.</summary>
    private static string? EntityOf(WebhookEvent e) => e.Action == "note"
        ? e.Fields.GetInt64("note[id]") is { } note ? $"note\n{KindOf(e)}\n{note}" : null
        : e.EntityId is { } id ? $"{KindOf(e)}\n{id}" : null;

    /// <summary>Companies come under <c>contacts</c> with ids of the same range.</summary>
    private static string KindOf(WebhookEvent e) => e is CompanyEvent ? "companies" : e.Entity;
}
