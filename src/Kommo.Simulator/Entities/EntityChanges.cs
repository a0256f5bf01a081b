using Kommo.Simulator.Accounts;
using Kommo.Simulator.Events;
using Kommo.Simulator.Hooks;

namespace Kommo.Simulator.Entities;

/// <summary>
/// The only way to change a lead, contact or company: sets the bookkeeping fields and announces the change to the hooks.
/// Callers hold <see cref="AccountStore.Gate"/>.
/// </summary>
internal sealed class EntityChanges(AccountStore store, IChangeSink sink)
{
    /// <summary>Gives the draft its id and instants, keeps it and announces it.</summary>
    /// <param name="draft">The entity without id.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="quiet">Whether nobody is told: what waits among the incoming leads is told of when it is accepted.</param>
    public T Add<T>(T draft, Actor actor, bool quiet = false)
        where T : SimulatedEntity
    {
        long now = store.Now;
        var added = (T)Complete(draft with
        {
            Id = store.NextId(draft.Kind),
            CreatedAt = draft.CreatedAt == 0 ? now : draft.CreatedAt,
            UpdatedAt = draft.UpdatedAt == 0 ? now : draft.UpdatedAt,
        });
        store.Put(added);
        if (quiet)
        {
            sink.Touch();
        }
        else
        {
            Announce(added, actor);
        }

        return added;
    }

    /// <summary>Tells of a new entity.</summary>
    public void Announce(SimulatedEntity added, Actor actor)
    {
        EntityEvents.Tell(store, "added", added, actor);
        Publish(added, added, "add", actor);
    }

    /// <summary>Changes an entity that nobody was told of yet.</summary>
    public T Replace<T>(T changed)
        where T : SimulatedEntity
    {
        var after = (T)Complete(changed with { UpdatedAt = store.Now });
        store.Put(after);
        sink.Touch();
        return after;
    }

    /// <summary>Replaces the entity with the same id; a stage move and a new owner are announced apart, next to the update.</summary>
    public T Update<T>(T changed, Actor actor)
        where T : SimulatedEntity
    {
        SimulatedEntity before = store.Find(changed.Kind, changed.Id)!;
        var after = (T)Complete(changed with { UpdatedAt = Math.Max(store.Now, before.UpdatedAt) });
        store.Put(after);
        EntityEvents.Tell(store, before, after, actor);
        bool newOwner = before.ResponsibleUserId != after.ResponsibleUserId;
        if (after is SimulatedLead lead && before is SimulatedLead old)
        {
            if ((lead.StatusId, lead.PipelineId) != (old.StatusId, old.PipelineId))
            {
                Publish(before, after, "status", actor);
            }

            if (newOwner)
            {
                Publish(before, after, "responsible", actor);
            }

            Publish(before, after, "update", actor);
        }
        else if (after is SimulatedCustomer)
        {
            if (newOwner)
            {
                Publish(before, after, "responsible", actor);
            }

            Publish(before, after, "update", actor);
        }
        else
        {
            // A new owner of a contact or company arrives as an update (Kommo: Webhooks), for subscribers of either.
            sink.Publish(new Change(
                newOwner ? [$"update_{after.Kind.Singular()}", $"responsible_{after.Kind.Singular()}"] : [$"update_{after.Kind.Singular()}"],
                body => EntityHooks.Write(body, "update", before, after, actor, store)));
        }

        return after;
    }

    /// <summary>Moves the entity to the bin.</summary>
    public void Delete(SimulatedEntity entity, Actor actor) => SetDeleted(entity, deleted: true, "delete", actor);

    /// <summary>Takes the entity out of the bin.</summary>
    public void Restore(SimulatedEntity entity, Actor actor) => SetDeleted(entity, deleted: false, "restore", actor);

    private void SetDeleted(SimulatedEntity entity, bool deleted, string action, Actor actor)
    {
        if (entity.IsDeleted == deleted)
        {
            return;
        }

        SimulatedEntity after = entity with { IsDeleted = deleted, UpdatedAt = store.Now, UpdatedBy = actor.UserId };
        store.Put(after);
        EntityEvents.Tell(store, deleted ? "deleted" : "restored", after, actor);
        Publish(entity, after, action, actor);
    }

    private void Publish(SimulatedEntity before, SimulatedEntity after, string action, Actor actor) =>
        sink.Publish(new Change(
            [$"{action}_{after.Kind.Singular()}"],
            body => EntityHooks.Write(body, action, before, after, actor, store)));

    private SimulatedEntity Complete(SimulatedEntity entity)
    {
        SimulatedEntity tagged = entity.Tags.Count == 0
            ? entity
            : entity with { Tags = [.. entity.Tags.Select(tag => Resolve(entity.Kind, tag)).DistinctBy(tag => tag.Id)] };
        return tagged is SimulatedLead lead ? Close(lead) : tagged;
    }

    private SimulatedLead Close(SimulatedLead lead) => lead.StatusId is AccountCatalog.Won or AccountCatalog.Lost
        ? lead with { ClosedAt = lead.ClosedAt ?? store.Now }
        : lead with { ClosedAt = null, LossReasonId = null };

    private SimulatedTag Resolve(EntityKind kind, SimulatedTag tag)
    {
        Dictionary<string, SimulatedTag> known = store.Tags[kind];
        if (!known.TryGetValue(tag.Name, out SimulatedTag? found))
        {
            known[tag.Name] = found = tag with { Id = store.NextTagId() };
        }

        return found;
    }
}
