using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// The kind of an entity, written in the plural as API v4 does: <c>leads</c>, <c>contacts</c>... The singular
/// (events, hooks) and the numbers of old (1 contact, 2 lead, 3 company, 12 customer) are read as the same kind;
/// a kind that this library does not know keeps its name.
/// </summary>
[JsonConverter(typeof(EntityTypeConverter))]
public readonly record struct EntityType
{
    private readonly string? _name;

    private EntityType(string name) => _name = name;

    /// <summary>Leads.</summary>
    public static EntityType Leads { get; } = new("leads");

    /// <summary>Contacts.</summary>
    public static EntityType Contacts { get; } = new("contacts");

    /// <summary>Companies.</summary>
    public static EntityType Companies { get; } = new("companies");

    /// <summary>Customers.</summary>
    public static EntityType Customers { get; } = new("customers");

    /// <summary>Tasks.</summary>
    public static EntityType Tasks { get; } = new("tasks");

    /// <summary>Elements of lists.</summary>
    public static EntityType CatalogElements { get; } = new("catalog_elements");

    /// <summary>The name as it stands in API v4, such as <c>leads</c>; empty for the default value.</summary>
    public string Name => _name ?? "";

    /// <summary>The name in the singular, as events, hooks and calls have it, such as <c>lead</c>.</summary>
    internal string Singular => Name switch
    {
        "leads" => "lead",
        "contacts" => "contact",
        "companies" => "company",
        "customers" => "customer",
        "tasks" => "task",
        "catalog_elements" => "catalog_element",
        _ => Name,
    };

    /// <summary>The kind of this name: plural, singular, or one of the numbers used in hooks.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static EntityType Parse(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name switch
        {
            "leads" or "lead" or "2" => Leads,
            "contacts" or "contact" or "1" => Contacts,
            "companies" or "company" or "3" => Companies,
            "customers" or "customer" or "12" => Customers,
            "tasks" or "task" or "4" => Tasks,
            "catalog_elements" or "catalog_element" => CatalogElements,
            _ => new EntityType(name),
        };
    }

    /// <inheritdoc />
    public override string ToString() => Name;
}
