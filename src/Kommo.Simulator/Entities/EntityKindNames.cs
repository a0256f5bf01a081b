namespace Kommo.Simulator.Entities;

internal static class EntityKindNames
{
    public static IReadOnlyList<EntityKind> All { get; } = Enum.GetValues<EntityKind>();

    public static string Plural(this EntityKind kind) => kind switch
    {
        EntityKind.Lead => "leads",
        EntityKind.Contact => "contacts",
        EntityKind.Company => "companies",
        _ => "customers",
    };

    public static string Singular(this EntityKind kind) => kind switch
    {
        EntityKind.Lead => "lead",
        EntityKind.Contact => "contact",
        EntityKind.Company => "company",
        _ => "customer",
    };

    public static int HookNumber(this EntityKind kind) => kind switch
    {
        EntityKind.Contact => 1,
        EntityKind.Lead => 2,
        EntityKind.Company => 3,
        _ => 12,
    };

    /// <summary>The key of hooks: contacts and companies share one.</summary>
    public static string HookKey(this EntityKind kind) => kind switch
    {
        EntityKind.Lead => "leads",
        EntityKind.Customer => "customers",
        _ => "contacts",
    };

    public static EntityKind? FromPlural(string? name) => name switch
    {
        "leads" => EntityKind.Lead,
        "contacts" => EntityKind.Contact,
        "companies" => EntityKind.Company,
        "customers" => EntityKind.Customer,
        _ => null,
    };

    public static EntityKind? FromSingular(string? name) => name switch
    {
        "lead" => EntityKind.Lead,
        "contact" => EntityKind.Contact,
        "company" => EntityKind.Company,
        "customer" => EntityKind.Customer,
        _ => null,
    };
}
