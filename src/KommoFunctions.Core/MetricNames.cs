using KommoFunctions.Failures;
using KommoFunctions.Messaging;
using KommoFunctions.Outbox;

namespace KommoFunctions;

/// <summary>
/// What a metric's dimensions may say: names that this code knows, and <see cref="Other"/> for all else. A name that Kommo, a tenant or a stranger
/// chose would become a time series of its own, which is paid for and kept for months.
/// </summary>
internal static class MetricNames
{
    public const string Other = "other";

    /// <summary>The entities and actions of Kommo's hooks (Kommo: Webhooks), and what stands for them where a request is none.</summary>
    private static readonly HashSet<string> HookNames = new(StringComparer.Ordinal)
    {
        "", "leads", "contacts", "companies", "customers", "task", "unsorted", "talk", "message", "outgoing_message", "catalogs", "add", "update", "delete",
        "restore", "status", "responsible", "note", "call_in", "chat", "mail_in", "site_visit", "period", "tasks", "notes", "complete", "request",
        nameof(ArrivalKind.Salesbot), nameof(ArrivalKind.Chat), nameof(ArrivalKind.Uninstall),
    };

    private static readonly HashSet<string> QueueSet = [.. QueueNames.All];
    private static readonly HashSet<string> ReasonSet = [.. DeadLetterReasons.All];
    private static readonly HashSet<string> RouteSet = [.. new Lanes().Names];
    private static readonly string[] Domains = ["kommo.com", "amocrm.ru", "amocrm.com"];

    public static string Entity(string name) => Known(HookNames, name);

    public static string Action(string name) => Known(HookNames, name);

    public static string Queue(string name) => Known(QueueSet, name);

    public static string Reason(string name) => Known(ReasonSet, name);

    /// <summary>A route of the outbox. Those of an account's lists have their ids in them.</summary>
    public static string Route(string name) => name.Split('.') is ["catalogs", _, "elements", ("create" or "update") and var action]
        ? $"catalogs.elements.{action}"
        : Known(RouteSet, name);

    /// <summary>Where a dead letter came from: a queue, or a route of the outbox.</summary>
    public static string Source(string name) =>
        RefusedCommands.IsSource(name) ? RefusedCommands.SourcePrefix + Route(RefusedCommands.LaneOf(name)) : Queue(name);

    /// <summary>Which of Kommo's domains a host is in. The host itself is in the log.</summary>
    public static string Domain(string host) =>
        Domains.FirstOrDefault(domain => host == domain || host.EndsWith($".{domain}", StringComparison.Ordinal)) ?? Other;

    private static string Known(HashSet<string> names, string name) => names.TryGetValue(name, out var known) ? known : Other;
}
