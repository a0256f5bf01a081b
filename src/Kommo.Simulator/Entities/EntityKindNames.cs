namespace Kommo.Simulator.Entities;

internal static class EntityKindNames
{
    public static string Plural(this EntityKind kind) => kind switch
    {
        EntityKind.Lead => "leads",
        EntityKind.Contact => "contacts",
        _ => "companies",
    };

    public static string Singular(this EntityKind kind) => kind switch
    {
        EntityKind.Lead => "lead",
        EntityKind.Contact => "contact",
        _ => "company",
    };

    public static int HookNumber(this EntityKind kind) => kind switch
    {
        EntityKind.Contact => 1,
        EntityKind.Lead => 2,
        _ => 3,
    };

    public static EntityKind? FromPlural(string? name) => name switch
    {
        "leads" => EntityKind.Lead,
        "contacts" => EntityKind.Contact,
        "companies" => EntityKind.Company,
        _ => null,
    };
}
