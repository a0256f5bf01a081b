using System.Globalization;

namespace KommoFunctions.Outbox;

/// <summary>The names of the lanes of lists: two a list.</summary>
internal static class CatalogLanes
{
    private const string Prefix = "catalogs.";
    private const string Creation = ".elements.create";
    private const string Update = ".elements.update";

    public static string CreateIn(long catalogId) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{catalogId}{Creation}");

    public static string UpdateIn(long catalogId) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{catalogId}{Update}");

    /// <summary>Both lanes of a list.</summary>
    public static IReadOnlyList<ILane> Of(long catalogId) =>
    [
        new ElementCreationLane(catalogId),
        new UpdateLane<Kommo.CatalogElementUpdate>(
            UpdateIn(catalogId),
            "catalogs",
            async (kommo, updates, token) =>
                [.. (await kommo.Catalogs.Elements(catalogId).UpdateInOneRequestAsync(updates, token)).Select(element => element.UpdatedAt)]),
    ];

    /// <summary>The lane of this name; null when it is none of a list.</summary>
    public static ILane? Find(string name) => name.Split('.') is ["catalogs", var id, "elements", _]
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var catalogId)
            ? Of(catalogId).FirstOrDefault(lane => lane.Name == name)
            : null;
}
