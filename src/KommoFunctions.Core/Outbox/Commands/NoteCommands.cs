using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>Adds a note to a lead, contact, company or customer.</summary>
/// <param name="Entity">The kind of entity.</param>
/// <param name="Note">The note; its <see cref="NewNote.EntityId"/> says which entity.</param>
/// <example><code>context.Send(new AddNote(EntityType.Leads, NewNote.Common(lead, "Paid")));</code></example>
public sealed record AddNote(EntityType Entity, NewNote Note) : KommoCommand
{
    internal override string Lane => NoteLane.NameOf(Entity);

    internal override object Item => Note;

    internal override void Require()
    {
        CommandCheck.MainKind(Entity, "A note");
        CommandCheck.Item(Note);
        CommandCheck.Id(Note.EntityId, "The entity of a note");
        CommandCheck.Text(Note.NoteType, "A note's type");
    }
}

/// <summary>Changes a note. Kommo sends no event of it.</summary>
/// <param name="Entity">The kind of entity that it stands on.</param>
/// <param name="Update">The fields that change.</param>
/// <example>
/// <code>
/// context.Send(new UpdateNote(EntityType.Leads, new NoteUpdate { Id = note, NoteType = "common", Params = new NoteParams { Text = "Paid" } }));
/// </code>
/// </example>
public sealed record UpdateNote(EntityType Entity, NoteUpdate Update) : KommoCommand
{
    internal override string Lane => Lanes.NoteUpdateOf(Entity);

    internal override object Item => Update;

    internal override void Require()
    {
        CommandCheck.MainKind(Entity, "A note");
        CommandCheck.Update(Update);
    }
}
