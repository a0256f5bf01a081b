namespace Kommo.Simulator.Entities;

/// <summary>Which tasks or notes hang on an entity, so that no look-up walks the whole account.</summary>
internal sealed class AttachmentIndex
{
    private readonly Dictionary<(EntityKind Kind, long Id), SortedSet<long>> _byOwner = [];

    public IReadOnlyCollection<long> Of(EntityKind kind, long id) =>
        _byOwner.TryGetValue((kind, id), out SortedSet<long>? ids) ? ids : [];

    public void Add(EntityKind? kind, long? ownerId, long id)
    {
        if (kind is { } known && ownerId is { } owner)
        {
            if (!_byOwner.TryGetValue((known, owner), out SortedSet<long>? ids))
            {
                _byOwner[(known, owner)] = ids = [];
            }

            ids.Add(id);
        }
    }

    public void Remove(EntityKind? kind, long? ownerId, long id)
    {
        if (kind is { } known && ownerId is { } owner && _byOwner.TryGetValue((known, owner), out SortedSet<long>? ids))
        {
            ids.Remove(id);
        }
    }
}
