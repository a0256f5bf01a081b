using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Adds notes to one kind of entity.</summary>
internal sealed class NoteLane(EntityType entity)
    : CreationLane<NewNote, Note>(NameOf(entity), "note", KommoJson.TypeOf<NewNote>(), KommoJson.TypeOf<Note>())
{
    public static string NameOf(EntityType entity) => $"{entity.Name}.notes.create";

    /// <summary>Notes on companies come under <c>contacts</c> (Kommo: Webhooks).</summary>
    protected override long? MadeIdOf(WebhookEvent e) =>
        (e is CompanyEvent ? EntityType.Companies.Name : e.Entity) == entity.Name ? (e as INoteEvent)?.Note.Id : null;

    protected override NewNote ContentOf(KommoCommand command) => ((AddNote)command).Note;

    protected override NewNote WithRequestId(NewNote item, string requestId) => item with { RequestId = requestId };

    protected override (EntityType Kind, long Id) EntityOf(NewNote item) => (entity, item.EntityId);

    protected override long IdOf(Note item) => item.Id;

    protected override Task<IReadOnlyList<CreatedEntity>> CreateAsync(KommoClient kommo, IReadOnlyList<NewNote> items, CancellationToken cancellationToken) =>
        kommo.NotesOn(entity).CreateInOneRequestAsync(items, cancellationToken);

    protected override IAsyncEnumerable<Note> ListAsync(
        KommoClient kommo, EntityType kind, IReadOnlyList<long> entityIds, DateTimeOffset since, CancellationToken cancellationToken) =>
        kommo.NotesOn(entity).ListAsync(new NoteQuery { EntityIds = entityIds, UpdatedAt = TimeRange.Since(since) }, cancellationToken);
}
