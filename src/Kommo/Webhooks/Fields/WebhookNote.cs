namespace Kommo.Webhooks;

/// <summary>The note of a hook (Kommo: Webhooks, notes). One with a media file can come twice.</summary>
public sealed class WebhookNote
{
    private readonly WebhookFields _fields;
    private readonly bool _isNested;

    internal WebhookNote(WebhookFields fields)
    {
        _fields = fields;
        // Kommo nests a note below "note"; the JSON shape has its fields in the item itself.
        _isNested = fields.HasBelow("[note]"u8);
    }

    /// <summary>The note's id.</summary>
    public long? Id => _fields.GetInt64(Path("note[id]"u8, "id"u8));

    /// <summary>The note's text; for a call, a message and the like JSON with its parameters.</summary>
    public string? Text => _fields.GetText(Path("note[text]"u8, "text"u8));

    /// <summary>The note's type: 4 a text, 5 a file, others besides.</summary>
    public long? NoteType => _fields.GetInt64(Path("note[note_type]"u8, "note_type"u8));

    /// <summary>The file's name. Kommo spells the field <c>attachement</c>.</summary>
    public string? Attachment => _fields.GetText(Path("note[attachement]"u8, "attachement"u8));

    /// <summary>The entity that it stands on.</summary>
    public long? ElementId =>
        _fields.GetInt64(Path("note[element_id]"u8, "element_id"u8)) ?? _fields.GetInt64(Path("note[entity_id]"u8, "entity_id"u8));

    /// <summary>That entity's kind.</summary>
    public EntityType? ElementType =>
        _fields.GetEntityType(Path("note[element_type]"u8, "element_type"u8)) ?? _fields.GetEntityType(Path("note[entity_type]"u8, "entity_type"u8));

    /// <summary>The list, when it stands on a list's element; 0 otherwise.</summary>
    public long? CatalogId => _fields.GetInt64(Path("note[catalog_id]"u8, "catalog_id"u8));

    /// <summary>The group of the user who wrote it.</summary>
    public long? GroupId => _fields.GetInt64(Path("note[group_id]"u8, "group_id"u8));

    /// <summary>Where it came from, as JSON text.</summary>
    public string? Metadata => _fields.GetText(Path("note[metadata]"u8, "metadata"u8));

    /// <summary>Where it came from; null when <see cref="Metadata"/> does not tell.</summary>
    public WebhookNoteSource? Source => WebhookNoteSource.Parse(Metadata);

    /// <summary>The user who made it; 0 for a robot.</summary>
    public long? CreatedBy => _fields.GetInt64(Path("note[created_by]"u8, "created_by"u8));

    /// <summary>The user who changed it.</summary>
    public long? ModifiedBy => _fields.GetInt64(Path("note[modified_by]"u8, "modified_by"u8));

    /// <summary>The user who is responsible for it.</summary>
    public long? ResponsibleUserId => _fields.GetInt64(Path("note[main_user_id]"u8, "main_user_id"u8));

    /// <summary>When it was made; null when the hook tells only local time and the account's zone is not known.</summary>
    public DateTimeOffset? CreatedAt =>
        _fields.GetTime(Path("note[created_at]"u8, "created_at"u8)) ?? _fields.GetTime(Path("note[date_create]"u8, "date_create"u8));

    /// <summary>When it changed last; null when the hook tells only local time and the account's zone is not known.</summary>
    public DateTimeOffset? UpdatedAt =>
        _fields.GetTime(Path("note[updated_at]"u8, "updated_at"u8)) ?? _fields.GetTime(Path("note[timestamp_x]"u8, "timestamp_x"u8));

    private ReadOnlySpan<byte> Path(ReadOnlySpan<byte> nested, ReadOnlySpan<byte> flat) => _isNested ? nested : flat;
}
