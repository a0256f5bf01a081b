using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api.Catalogs;

internal static class CatalogTables
{
    public static DocumentTable Catalogs(AccountStore store) => store.Documents.Table("catalogs", 5_200);

    public static DocumentTable Elements(AccountStore store) => store.Documents.Table("catalog_elements", 5_300_000);
}
