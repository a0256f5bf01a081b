namespace Kommo;

/// <summary>Which companies to list (Kommo: Companies, Filters). Everything left null does not narrow the list.</summary>
public sealed record CompanyQuery : EntityQuery<CompanyWith, CompanyOrder>;
