namespace Kommo.Webhooks;

/// <summary>The file of a chat message (Kommo: Webhooks, <c>attachment</c>).</summary>
/// <param name="Type">What it is: <c>picture</c>, <c>file</c>, <c>voice</c>...</param>
/// <param name="Link">Where to fetch it, as Kommo sends it.</param>
/// <param name="FileName">Its name.</param>
public sealed record WebhookAttachment(string? Type, string? Link, string? FileName)
{
    internal static WebhookAttachment? Read(WebhookFields fields) => fields.HasBelow("[attachment]"u8)
        ? new WebhookAttachment(fields.GetText("attachment[type]"u8), fields.GetText("attachment[link]"u8), fields.GetText("attachment[file_name]"u8))
        : null;
}
