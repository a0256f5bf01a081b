namespace Kommo.Webhooks;

/// <summary>The note of a hook (Kommo: Webhooks, notes). One with a media file can come twice.</summary>
public sealed class WebhookNote
{
    private readonly WebhookFields _fields;

    internal WebhookNote(WebhookFields fields) => _fields = fields;

    /// <summary>The note's id.</summary>
    public long? Id => _fields.GetInt64("note[id]");

    /// <summary>The note's text.</summary>
    public string? Text => _fields["note[text]"];

    /// <summary>The note's type: 4 a text, 5 a file, others besides.</summary>
    public long? NoteType => _fields.GetInt64("note[note_type]");

    /// <summary>The file's name. Kommo spells the field <c>attachement</c>.</summary>
    public string? Attachment => _fields["note[attachement]"];

    /// <summary>The entity that it stands on.</summary>
    public long? ElementId => _fields.GetInt64("note[element_id]");

    /// <summary>Where it came from, as JSON text.</summary>
    public string? Metadata => _fields["note[metadata]"];

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy => _fields.GetInt64("note[created_by]");

    /// <summary>The user who changed it.</summary>
    public long? ModifiedBy => _fields.GetInt64("note[modified_by]");

    /// <summary>When it was made; null when the hook tells only local time.</summary>
    public DateTimeOffset? CreatedAt => _fields.GetTime("note[created_at]") ?? _fields.GetTime("note[date_create]");

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt => _fields.GetTime("note[updated_at]");
}
