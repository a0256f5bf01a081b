using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Simulator.Accounts;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator;

/// <content>What users do in Kommo's own pages: costs no API request and sends hooks.</content>
public sealed partial class KommoSimulator
{
    /// <summary>Makes leads in the main pipeline's first stage and returns their ids.</summary>
    /// <param name="count">How many.</param>
    /// <param name="name">Their name; null numbers them.</param>
    /// <param name="price">Their budget.</param>
    /// <param name="responsibleUserId">The user in charge; null is the admin.</param>
    /// <param name="contactId">A contact to link; null for none.</param>
    /// <exception cref="ArgumentException">There is no such user or contact.</exception>
    public IReadOnlyList<long> CreateLeads(
        int count, string? name = null, long price = 0, long? responsibleUserId = null, long? contactId = null)
    {
        if (contactId is { } contact)
        {
            Locked(() => Existing(_store.Contacts.Find(contact), contact));
        }

        return Create(count, responsibleUserId, number => new SimulatedLead
        {
            Name = name ?? $"Lead {number}",
            Price = price,
            PipelineId = _store.Pipelines.All.First(pipeline => pipeline.IsMain).Id,
            StatusId = _store.Pipelines.All.First(pipeline => pipeline.IsMain).FirstStage,
            ContactIds = contactId is { } linked ? [linked] : [],
        });
    }

    /// <summary>Makes contacts and returns their ids.</summary>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public IReadOnlyList<long> CreateContacts(int count, string? name = null, long? responsibleUserId = null) =>
        Create(count, responsibleUserId, number => new SimulatedContact { Name = name ?? $"Contact {number}" });

    /// <summary>Makes companies and returns their ids.</summary>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public IReadOnlyList<long> CreateCompanies(int count, string? name = null, long? responsibleUserId = null) =>
        Create(count, responsibleUserId, number => new SimulatedCompany { Name = name ?? $"Company {number}" });

    /// <summary>Changes a lead, contact or company as the function says; its id, kind and bookkeeping stay.</summary>
    /// <exception cref="ArgumentException">There is no such entity.</exception>
    public T Update<T>(long id, Func<T, T> change, long? userId = null)
        where T : SimulatedEntity
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_store.Gate)
        {
            T entity = Find<T>(id);
            Actor actor = By(userId);
            return _entities.Update(
                (T)(change(entity) with { Id = id, IsDeleted = entity.IsDeleted, UpdatedBy = actor.UserId }), actor);
        }
    }

    /// <summary>Changes a lead as the function says.</summary>
    /// <exception cref="ArgumentException">There is no such lead.</exception>
    public SimulatedLead UpdateLead(long id, Func<SimulatedLead, SimulatedLead> change, long? userId = null) => Update(id, change, userId);

    /// <summary>Moves a lead to a stage of its pipeline or of another one; sends a status and an update hook.</summary>
    /// <exception cref="ArgumentException">There is no such lead, pipeline or stage.</exception>
    public SimulatedLead MoveLead(long id, long statusId, long? pipelineId = null, long? userId = null) => Update<SimulatedLead>(
        id,
        lead => _store.Pipelines.Find(pipelineId ?? lead.PipelineId) is { } pipeline && pipeline.Has(statusId)
            ? lead with { StatusId = statusId, PipelineId = pipeline.Id }
            : throw new ArgumentException($"There is no stage {statusId} in that pipeline.", nameof(statusId)),
        userId);

    /// <summary>Moves a lead to the bin.</summary>
    /// <exception cref="ArgumentException">There is no such lead.</exception>
    public void DeleteLead(long id, long? userId = null) => Delete<SimulatedLead>(id, userId);

    /// <summary>Moves a lead, contact or company to the bin.</summary>
    /// <exception cref="ArgumentException">There is no such entity.</exception>
    public void Delete<T>(long id, long? userId = null)
        where T : SimulatedEntity
    {
        lock (_store.Gate)
        {
            _entities.Delete(Find<T>(id), By(userId));
        }
    }

    /// <summary>Takes a lead, contact or company out of the bin.</summary>
    /// <exception cref="ArgumentException">There is no such entity.</exception>
    public void Restore<T>(long id, long? userId = null)
        where T : SimulatedEntity
    {
        lock (_store.Gate)
        {
            _entities.Restore(Find<T>(id), By(userId));
        }
    }

    /// <summary>Makes a task on an entity and returns its id.</summary>
    /// <exception cref="ArgumentException">There is no such entity.</exception>
    public long CreateTask(EntityKind kind, long entityId, string text, DateTimeOffset? completeTill = null, long? responsibleUserId = null)
    {
        lock (_store.Gate)
        {
            Existing(_store.Find(kind, entityId), entityId);
            Actor actor = By(responsibleUserId);
            return _tasks.Add(
                new SimulatedTask
                {
                    EntityKind = kind,
                    EntityId = entityId,
                    Text = text,
                    CompleteTill = (completeTill ?? Options.TimeProvider.GetUtcNow().AddDays(1)).ToUnixTimeSeconds(),
                    ResponsibleUserId = actor.UserId,
                    CreatedBy = actor.UserId,
                    UpdatedBy = actor.UserId,
                },
                actor).Id;
        }
    }

    /// <summary>Changes a task as the function says.</summary>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public SimulatedTask UpdateTask(long id, Func<SimulatedTask, SimulatedTask> change, long? userId = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_store.Gate)
        {
            return _tasks.Update(change(Existing(_store.Tasks.Find(id), id)) with { Id = id }, By(userId));
        }
    }

    /// <summary>
    /// Completes a task. From the task list a result makes a second update, from the card there is one (Kommo: Webhooks).
    /// </summary>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public void CompleteTask(long id, string? result = null, bool fromTaskList = false, long? userId = null)
    {
        lock (_store.Gate)
        {
            if (fromTaskList && result is not null)
            {
                UpdateTask(id, task => task with { IsCompleted = true }, userId);
            }

            UpdateTask(id, task => task with { IsCompleted = true, ResultText = result ?? task.ResultText }, userId);
        }
    }

    /// <summary>Removes a task.</summary>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public void DeleteTask(long id, long? userId = null)
    {
        lock (_store.Gate)
        {
            _tasks.Delete(Existing(_store.Tasks.Find(id), id), By(userId));
        }
    }

    /// <summary>Writes a text note on an entity and returns its id.</summary>
    /// <exception cref="ArgumentException">There is no such entity.</exception>
    public long AddNote(EntityKind kind, long entityId, string text, long? userId = null)
    {
        lock (_store.Gate)
        {
            Existing(_store.Find(kind, entityId), entityId);
            Actor actor = By(userId);
            return _notes.Add(
                new SimulatedNote
                {
                    EntityKind = kind,
                    EntityId = entityId,
                    Params = NoteText(text),
                    ResponsibleUserId = actor.UserId,
                    CreatedBy = actor.UserId,
                    UpdatedBy = actor.UserId,
                },
                actor).Id;
        }
    }

    private static JsonElement NoteText(string text)
    {
        using var document = JsonDocument.Parse(new JsonObject { ["text"] = text }.ToJsonString());
        return document.RootElement.Clone();
    }

    private Actor By(long? userId) => userId is null || _store.IsUser(userId.Value)
        ? Actor.User(userId ?? AccountCatalog.Admin)
        : throw new ArgumentException($"There is no user {userId}.", nameof(userId));

    private static T Existing<T>(T? found, long id)
        where T : class => found ?? throw new ArgumentException($"The account has no such row: {id}.", nameof(id));

    private T Find<T>(long id)
        where T : SimulatedEntity => Existing(
            _store.Leads.Find(id) as T ?? _store.Contacts.Find(id) as T ?? _store.Companies.Find(id) as T ?? _store.Customers.Find(id) as T, id);

    private long[] Create(int count, long? responsibleUserId, Func<int, SimulatedEntity> draft)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Actor actor = By(responsibleUserId);
        return [.. Enumerable.Range(1, count).Select(number => Locked(() => _entities.Add(
            draft(number) with { ResponsibleUserId = actor.UserId, CreatedBy = actor.UserId, UpdatedBy = actor.UserId }, actor).Id))];
    }
}
