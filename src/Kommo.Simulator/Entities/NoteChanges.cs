using Kommo.Simulator.Accounts;
using Kommo.Simulator.Events;
using Kommo.Simulator.Hooks;

namespace Kommo.Simulator.Entities;

/// <summary>The only way to change a note. Callers hold <see cref="AccountStore.Gate"/>.</summary>
internal sealed class NoteChanges(AccountStore store, IChangeSink sink)
{
    public SimulatedNote Add(SimulatedNote draft, Actor actor)
    {
        long now = store.Now;
        SimulatedNote added = draft with
        {
            Id = store.NextNoteId(),
            CreatedAt = draft.CreatedAt == 0 ? now : draft.CreatedAt,
            UpdatedAt = draft.UpdatedAt == 0 ? now : draft.UpdatedAt,
        };
        store.Put(added);
        NoteEvents.Tell(store, added, actor);
        sink.Publish(new Change([$"note_{added.EntityKind.Singular()}"], body => NoteHooks.Write(body, added, actor, store.Options)));
        return added;
    }

    /// <summary>An edited note sends no hook: Kommo has no such event (Kommo: Webhooks).</summary>
    public SimulatedNote Update(SimulatedNote changed, Actor actor)
    {
        SimulatedNote after = changed with { UpdatedAt = Math.Max(store.Now, changed.UpdatedAt), UpdatedBy = actor.UserId };
        store.Put(after);
        sink.Touch();
        return after;
    }

    /// <summary>Pinning is nobody's change: the note's instants stay, and no hook tells of it.</summary>
    public void Pin(SimulatedNote note, bool pinned)
    {
        store.Put(note with { IsPinned = pinned });
        sink.Touch();
    }
}
