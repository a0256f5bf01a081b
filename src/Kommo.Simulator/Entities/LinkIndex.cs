namespace Kommo.Simulator.Entities;

/// <summary>Which entities name a contact or a company as theirs, so that no look-up walks the whole account.</summary>
internal sealed class LinkIndex
{
    private readonly Dictionary<(EntityKind To, long Id, EntityKind By), SortedSet<long>> _by = [];

    public IReadOnlyCollection<long> To(SimulatedEntity person, EntityKind by) =>
        _by.TryGetValue((person.Kind, person.Id, by), out SortedSet<long>? ids) ? ids : [];

    public void Replace(SimulatedEntity? before, SimulatedEntity after)
    {
        if (before is not null)
        {
            foreach ((EntityKind kind, long id) in Targets(before))
            {
                _by[(kind, id, before.Kind)].Remove(before.Id);
            }
        }

        foreach ((EntityKind kind, long id) in Targets(after))
        {
            if (!_by.TryGetValue((kind, id, after.Kind), out SortedSet<long>? ids))
            {
                _by[(kind, id, after.Kind)] = ids = [];
            }

            ids.Add(after.Id);
        }
    }

    private static IEnumerable<(EntityKind Kind, long Id)> Targets(SimulatedEntity entity)
    {
        foreach (long contact in entity.LinkedContacts)
        {
            yield return (EntityKind.Contact, contact);
        }

        if (entity.LinkedCompany is { } company)
        {
            yield return (EntityKind.Company, company);
        }
    }
}
