namespace Kommo;

/// <summary>Which contacts to list (Kommo: Contacts, Filters). Everything left null does not narrow the list.</summary>
public sealed record ContactQuery : EntityQuery<ContactWith, ContactOrder>;
