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
        var entity = EntityName.Of(e);
        if (e.Action == "add" && e.Entity.Length > 0 && entity is { } added)
        {
            Encoding.UTF8.GetBytes($"add\n{added.Kind}\n{added.Id}", content);
        }
        else
        {
            WebhookWriter.Write(content, NoAccount, e);
        }

        var key = SHA256.HashData(content.WrittenSpan);
        var family = entity is { } known
            ? SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{accountId}\n{known.Kind}\n{known.Id}")))
            : key;
        return new EventIdentity(
            string.Concat(Convert.ToHexStringLower(family.AsSpan(0, EntityDigits / 2)), Convert.ToHexStringLower(key.AsSpan(0, 16 - (EntityDigits / 2)))),
            e.Action != "add" && !EventTime.IsTold(e));
    }
}
