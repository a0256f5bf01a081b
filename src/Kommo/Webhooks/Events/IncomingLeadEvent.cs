namespace Kommo.Webhooks;

/// <summary>Something happened to an incoming lead (<c>unsorted</c>). It is named by its <see cref="Uid"/>, a text.</summary>
public abstract class IncomingLeadEvent : WebhookEvent
{
    private protected IncomingLeadEvent(EventSource source)
        : base(source)
    {
    }

    /// <summary>The incoming lead's id.</summary>
    public string? Uid => Fields.GetText("uid"u8);

    /// <summary>Where it came from: <c>sip</c>, <c>mail</c>, <c>forms</c> or <c>chats</c>.</summary>
    public string? Category => Fields.GetText("category"u8);

    /// <summary>The source's name.</summary>
    public string? Source => Fields.GetText("source"u8);

    /// <summary>The source's id.</summary>
    public long? SourceId => Fields.GetInt64("source_id"u8);

    /// <summary>What the source tells, by <see cref="Category"/>: a call, a mail, a form, a chat.</summary>
    public IReadOnlyList<WebhookField> SourceData => Fields.Below("source_data");

    /// <summary>The pipeline.</summary>
    public long? PipelineId => Fields.GetInt64("pipeline_id"u8);

    /// <summary>The lead that it is or will be, where Kommo tells.</summary>
    public long? LeadId => Fields.GetInt64("lead_id"u8);

    /// <summary>The user that it was for.</summary>
    public long? UserId => Fields.GetInt64("user_id"u8);

    /// <summary>The leads in it that exist already.</summary>
    public IReadOnlyList<long> LeadIds => IdsReader.Read(Fields, "[data][leads]"u8);

    /// <summary>The contacts in it that exist already.</summary>
    public IReadOnlyList<long> ContactIds => IdsReader.Read(Fields, "[data][contacts]"u8);

    /// <summary>The companies in it that exist already.</summary>
    public IReadOnlyList<long> CompanyIds => IdsReader.Read(Fields, "[data][companies]"u8);

    /// <summary>When it came.</summary>
    public DateTimeOffset? CreatedAt => Fields.GetTime("created_at"u8) ?? Fields.GetTime("date_create"u8);
}
