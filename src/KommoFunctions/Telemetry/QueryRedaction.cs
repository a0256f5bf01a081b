using System.Diagnostics;
using OpenTelemetry;

namespace KommoFunctions.Telemetry;

/// <summary>Takes the queries out of the addresses in traces: the callback's holds an authorization code, the uninstall hook's a signature.</summary>
internal sealed class QueryRedaction : BaseProcessor<Activity>
{
    private const string Redacted = "REDACTED";

    private static readonly string[] Addresses = ["url.full", "http.url", "http.target"];

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("url.query") is not null)
        {
            data.SetTag("url.query", Redacted);
        }

        foreach (var name in Addresses)
        {
            if (data.GetTagItem(name)?.ToString() is { } address && address.IndexOf('?', StringComparison.Ordinal) is var start and >= 0)
            {
                data.SetTag(name, $"{address.AsSpan(0, start)}?{Redacted}");
            }
        }
    }
}
