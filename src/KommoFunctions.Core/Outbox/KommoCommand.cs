using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>A write to Kommo that the outbox sends: once, in order, together with others of its kind in one request.</summary>
public abstract record KommoCommand
{
    private protected KommoCommand()
    {
    }

    /// <summary>The lane, that is the API route, that the command is sent by.</summary>
    internal abstract string Lane { get; }
}

/// <summary>Creates a task.</summary>
/// <param name="Task">The task.</param>
public sealed record CreateTask(NewTask Task) : KommoCommand
{
    internal override string Lane => TaskLane.LaneName;
}

/// <summary>Adds a note to a lead, contact, company or customer.</summary>
/// <param name="Entity">The kind of entity.</param>
/// <param name="Note">The note; its <see cref="NewNote.EntityId"/> says which entity.</param>
public sealed record AddNote(EntityType Entity, NewNote Note) : KommoCommand
{
    internal override string Lane => NoteLane.NameOf(Entity);
}

/// <summary>Changes fields of a lead.</summary>
/// <param name="Update">The fields that change.</param>
public sealed record UpdateLead(LeadUpdate Update) : KommoCommand
{
    internal override string Lane => LeadUpdateLane.LaneName;
}
