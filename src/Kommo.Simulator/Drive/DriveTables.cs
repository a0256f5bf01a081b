using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Drive;

internal static class DriveTables
{
    public static DocumentTable Files(AccountStore store) => store.Documents.Table("files", 6_000_000, "uuid");

    /// <summary>The versions of files with their bytes in base64.</summary>
    public static DocumentTable Versions(AccountStore store) => store.Documents.Table("file_versions", 6_100_000, "version_uuid");

    /// <summary>Uploads under way, by the token of the next part.</summary>
    public static DocumentTable Sessions(AccountStore store) => store.Documents.Table("file_sessions", 26_136_000, "token");

    /// <summary>What files hang on.</summary>
    public static DocumentTable Links(AccountStore store) => store.Documents.Table("file_links", 6_200_000);
}
