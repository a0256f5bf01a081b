using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>The changes of entities that put tags on them and take tags off (Kommo: Tags, <c>tags_to_add</c>, <c>tags_to_delete</c>).</summary>
internal static class TagUpdates
{
    public static EntityUpdate Of(EntityType entity, long id, IReadOnlyList<string>? add, IReadOnlyList<string>? delete)
    {
        var (added, deleted) = (Named(add), Named(delete));
        return entity == EntityType.Leads ? new LeadUpdate { Id = id, TagsToAdd = added, TagsToDelete = deleted }
            : entity == EntityType.Contacts ? new ContactUpdate { Id = id, TagsToAdd = added, TagsToDelete = deleted }
            : entity == EntityType.Companies ? new CompanyUpdate { Id = id, TagsToAdd = added, TagsToDelete = deleted }
            : new CustomerUpdate { Id = id, TagsToAdd = added, TagsToDelete = deleted };
    }

    public static void Require(EntityType entity, long id, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        CommandCheck.MainKind(entity, "A tag");
        CommandCheck.Id(id, "What is tagged");
        if (names.Count == 0)
        {
            throw new ArgumentException("No tag is named.");
        }

        foreach (var name in names)
        {
            CommandCheck.Text(name, "A tag's name");
        }
    }

    private static IReadOnlyList<Tag>? Named(IReadOnlyList<string>? names) => names is null ? null : [.. names.Select(name => new Tag { Name = name })];
}
