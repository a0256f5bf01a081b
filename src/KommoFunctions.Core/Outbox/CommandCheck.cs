using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>What commands are checked for before they are stored.</summary>
internal static class CommandCheck
{
    private static readonly EntityType[] Main = [EntityType.Leads, EntityType.Contacts, EntityType.Companies, EntityType.Customers];

    public static void Id(long id, string what)
    {
        if (id <= 0)
        {
            throw new ArgumentException($"{what} must be named by its id, which is positive; it is {id}.");
        }
    }

    public static void Text(string? text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException($"{what} must not be empty.");
        }
    }

    public static void Kind(EntityType kind, string what, params IReadOnlyList<EntityType> allowed)
    {
        if (!allowed.Contains(kind))
        {
            throw new ArgumentException($"{what} is for {string.Join(", ", allowed)}, not for '{kind}'.");
        }
    }

    /// <summary>Leads, contacts, companies and customers.</summary>
    public static void MainKind(EntityType kind, string what) => Kind(kind, what, Main);

    public static void Item(WriteItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        item.Validate();
    }

    public static void Update(EntityUpdate update)
    {
        Item(update);
        Id(update.Id, "What is changed");
    }
}
