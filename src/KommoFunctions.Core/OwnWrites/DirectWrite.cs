using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kommo.Webhooks;
using KommoFunctions.Splitting;

namespace KommoFunctions.OwnWrites;

/// <summary>
/// A write that a handler makes by itself, read from its request: which entities it changes, or of which kinds it makes new ones. Read from the wire
/// rather than told by the client, so that no route of the client can be forgotten.
/// </summary>
/// <param name="Targets">What the request names.</param>
internal sealed record DirectWrite(IReadOnlyList<WriteTarget> Targets)
{
    private const string Update = "update";
    private const string Status = "status";
    private const string Responsible = "responsible";
    private const string Complex = "complex";
    private const string Notes = "notes";

    /// <summary>The routes' names of what hooks tell of, and the hooks' names.</summary>
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["leads"] = "leads",
        ["contacts"] = "contacts",
        ["companies"] = "companies",
        ["customers"] = "customers",
        ["tasks"] = "task",
        ["catalogs"] = "catalogs",
    };

    /// <summary>The write that the request is; null when Kommo sends no hook of what it does.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="path">The request's path.</param>
    /// <param name="body">The request's body.</param>
    public static DirectWrite? Of(HttpMethod method, string path, ReadOnlyMemory<byte> body)
    {
        if ((method != HttpMethod.Post && method != HttpMethod.Patch)
            || path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["api", _, var name, .. var rest]
            || !Kinds.TryGetValue(name, out var kind)
            || body.IsEmpty)
        {
            return null;
        }

        rest = name == "catalogs" && rest is [_, "elements", .. var element] ? element : name == "catalogs" ? ["unknown"] : rest;
        if (method == HttpMethod.Post)
        {
            return rest switch
            {
                [] => Made(kind, "add"),
                [Complex] => new([WriteTarget.New("leads", "add"), WriteTarget.New("contacts", "add"), WriteTarget.New("companies", "add")]),
                [Notes] or [_, Notes] => Made(kind + ".note", "note"),
                _ => null,
            };
        }

        return rest switch
        {
            [] => Changed(kind, body, only: null),
            [var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => Changed(kind, body, id),
            _ => null,
        };
    }

    /// <summary>Whether an action is one that a change of an entity causes.</summary>
    public static bool IsChange(string action) => action is Update or Status or Responsible;

    /// <summary>A stage move and a new owner are told apart, beside the update (Kommo: Webhooks, delivery).</summary>
    /// <param name="names">Whether the change names a property.</param>
    public static IReadOnlyList<string> ActionsOf(Func<string, bool> names)
    {
        var actions = new List<string>(3) { Update };
        if (names("status_id") || names("pipeline_id"))
        {
            actions.Add(Status);
        }

        if (names("responsible_user_id"))
        {
            actions.Add(Responsible);
        }

        return actions;
    }

    /// <summary>What a write must have named to have caused the event; null when no write causes such.</summary>
    public static WriteTarget? ThatCauses(WebhookEvent e) => EntityName.Of(e) is not { } entity
        || !long.TryParse(entity.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? null
            : e.Action switch
            {
                "add" or "note" => WriteTarget.New(entity.Kind, e.Action),
                _ when IsChange(e.Action) => new WriteTarget(entity.Kind, id, [e.Action]),
                _ => null,
            };

    /// <summary>The traces of what Kommo says it did.</summary>
    /// <param name="answer">The body of its answer.</param>
    public IEnumerable<(WriteTarget Target, WriteTrace Trace)> TracesIn(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        foreach (var item in WireItems.Of(json.RootElement))
        {
            foreach (var target in Targets)
            {
                if (target.Id is null)
                {
                    if (WireItems.Id(item, MadeIdName(target.Kind)) is { } made)
                    {
                        yield return (target, WriteTrace.OfMade(made, target.Actions[0]));
                    }
                }
                else if (WireItems.Id(item, "id") == target.Id && WireItems.Time(item, "updated_at") is { } at)
                {
                    yield return (target, WriteTrace.OfChanged(target.Id.Value, at, target.Actions, target.Written ?? WrittenValues.None));
                }
            }
        }
    }

    /// <summary>A complex lead's answer names the contact and the company beside the lead (Kommo: Leads, complex addition).</summary>
    private string MadeIdName(string kind) => Targets.Count == 1 || kind == "leads" ? "id" : kind == "contacts" ? "contact_id" : "company_id";

    private static DirectWrite Made(string kind, string action) => new([WriteTarget.New(kind, action)]);

    private static DirectWrite? Changed(string kind, ReadOnlyMemory<byte> body, long? only)
    {
        using var json = JsonDocument.Parse(body);
        var targets = WireItems.Of(json.RootElement)
            .Select(item => (Id: only ?? WireItems.Id(item, "id"), Item: item))
            .Where(change => change.Id is not null)
            .Select(change => new WriteTarget(kind, change.Id, ActionsOf(name => change.Item.TryGetProperty(name, out _)))
            {
                Written = WrittenValues.Of(JsonObject.Create(change.Item.Clone())!),
            })
            .ToList();
        return targets.Count > 0 ? new DirectWrite(targets) : null;
    }
}

/// <summary>An entity that a write changes, or a kind of which it makes new ones.</summary>
/// <param name="Kind">The kind, as <see cref="EntityName"/> has it.</param>
/// <param name="Id">The entity; null for new ones.</param>
/// <param name="Actions">The actions, as hooks name them, that the write causes.</param>
internal sealed record WriteTarget(string Kind, long? Id, IReadOnlyList<string> Actions)
{
    /// <summary>The values that a change writes; null for new ones.</summary>
    public WrittenValues? Written { get; init; }

    public static WriteTarget New(string kind, string action) => new(kind, null, [action]);
}
