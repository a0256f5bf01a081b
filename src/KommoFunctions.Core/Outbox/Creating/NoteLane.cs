using Kommo;
using Kommo.Webhooks;

namespace KommoFunctions.Outbox;

/// <summary>Adds notes to one kind of entity.</summary>
internal sealed class NoteLane(EntityType entity) : CreationLane<NewNote, Note>(NameOf(entity), "note")
{
    public static string NameOf(EntityType entity) => $"{entity.Name}.notes.create";

    /// <summary>A switch of the request, which Kommo does not keep.</summary>
    protected override IReadOnlyList<string> Unsteady { get; } = ["request_id", "is_need_to_trigger_digital_pipeline"];

    /// <summary>Notes on companies come under <c>contacts</c> (Kommo: Webhooks).</summary>
    protected override long? MadeIdOf(WebhookEvent e) =>
        (e is CompanyEvent ? EntityType.Companies.Name : e.Entity) == entity.Name ? (e as INoteEvent)?.Note.Id : null;

    protected override long IdOf(Note thing) => thing.Id;

    protected override async Task<IReadOnlyList<MadeThing>> CreateAsync(KommoClient kommo, IReadOnlyList<NewNote> items, CancellationToken cancellationToken) =>
        MadeThings.Of(await kommo.NotesOn(entity).CreateInOneRequestAsync(items, cancellationToken));

    protected override IAsyncEnumerable<Note> ListAsync(
        KommoClient kommo, IReadOnlyList<NewNote> items, DateTimeOffset since, CancellationToken cancellationToken) =>
        EntityChunks.Of(items.Select(item => item.EntityId)).ToAsyncEnumerable().SelectMany(ids =>
            kommo.NotesOn(entity).ListAsync(new NoteQuery { EntityIds = ids, UpdatedAt = TimeRange.Since(since) }, cancellationToken));
}
