using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;

namespace Kommo.Simulator.Api.Leads;

internal static class UnsortedTables
{
    /// <summary>What waits for somebody to accept or decline it.</summary>
    public static DocumentTable Waiting(AccountStore store) => store.Documents.Table("unsorted", 0, "uid");

    /// <summary>What was accepted or declined, for the summary.</summary>
    public static DocumentTable Done(AccountStore store) => store.Documents.Table("unsorted_done", 0, "uid");
}
