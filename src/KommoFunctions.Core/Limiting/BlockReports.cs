using System.Globalization;
using Azure.Data.Tables;
using KommoFunctions.Storage;

namespace KommoFunctions.Limiting;

/// <summary>
/// For which hosts Kommo has answered with its block page lately, over all instances: one row an outbound address. One host may be blocked by itself, and
/// so may two. If Kommo serves no host any more since another was refused, it is the address that Kommo blocks (Kommo: Limitations), so that every
/// further request, of whatever account, prolongs the block.
/// </summary>
/// <param name="rows">The table.</param>
/// <param name="address">The name of the outbound address.</param>
/// <param name="window">How long a report counts.</param>
/// <param name="time">The clock; the instances' may differ by far less than the window.</param>
internal sealed class BlockReports(VersionedRows rows, string address, TimeSpan window, TimeProvider time)
{
    private const string Partition = "block";
    private const string Hosts = "Hosts";

    /// <summary>After a pause of all, all come back at once: those that Kommo serves need a moment to show it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Two are enough to know; a few more tell an operator which ones.</summary>
    private const int MaxHosts = 50;

    /// <summary>Reports the block page for a host.</summary>
    /// <returns>
    /// When another host was last answered so within the window, of those that are long enough ago for the remaining hosts to have been asked since; null
    /// when there is none.
    /// </returns>
    public async Task<DateTimeOffset?> ReportAsync(string host, CancellationToken cancellationToken)
    {
        DateTimeOffset? since = null;
        await rows.UpdateAsync(
            Partition,
            address,
            row =>
            {
                var now = time.GetUtcNow();
                var others = Read(row?.GetString(Hosts)).Where(report => report.Host != host && report.At > now - window).ToList();
                since = others.Where(report => report.At <= now - Grace).Select(report => (DateTimeOffset?)report.At).Max();
                row ??= new TableEntity(Partition, address);
                row[Hosts] = string.Join(' ', others.Append((Host: host, At: now)).TakeLast(MaxHosts).Select(report => string.Create(CultureInfo.InvariantCulture, $"{report.Host} {report.At.UtcTicks}")));
                return row;
            },
            cancellationToken);
        return since;
    }

    private static IEnumerable<(string Host, DateTimeOffset At)> Read(string? reports) => (reports ?? string.Empty)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .Where(pair => pair.Length == 2)
        .Select(pair => (pair[0], new DateTimeOffset(long.Parse(pair[1], CultureInfo.InvariantCulture), TimeSpan.Zero)));
}
