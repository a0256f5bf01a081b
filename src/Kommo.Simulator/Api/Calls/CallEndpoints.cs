using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Fields;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Calls;

/// <summary>
/// Calls, which become notes of whoever has the number, by its last ten digits; each is refused or kept on its own (Kommo: Calls).
/// </summary>
internal sealed class CallEndpoints(ApiContext context)
{
    private const int Digits = 10;
    private readonly AccountStore _store = context.Store;

    public void Map(RouteGroupBuilder api, RouteGroupBuilder old)
    {
        api.Serve("POST", "/calls", Create);
        old.Serve("POST", "/events", Popup);
    }

    private Reply Create(ApiRequest request)
    {
        if (request.Body is not JsonArray { Count: > 0 } items)
        {
            return Reply.EmptyBody;
        }

        if (items.Count > BatchWrite.MostItems)
        {
            return Reply.OverLimit(BatchWrite.MostItems);
        }

        lock (_store.Gate)
        {
            List<ItemReader> readers = [.. items.Select((node, index) => new ItemReader(node, index))];
            readers.ForEach(Check);
            if (readers.Any(item => item.Errors.Count > 0))
            {
                return Reply.Invalid(readers);
            }

            JsonArray calls = [];
            JsonArray errors = [];
            foreach (ItemReader item in readers)
            {
                if (Caller(item.Text("phone")!) is { } entity)
                {
                    calls.Add((JsonNode)Keep(request, item, entity));
                }
                else
                {
                    errors.Add((JsonNode)new JsonObject
                    {
                        ["request_id"] = item.RequestId,
                        ["title"] = "Entity not found",
                        ["status"] = 263,
                        ["detail"] = "Entity not found",
                    });
                }
            }

            return Reply.Hal(new JsonObject
            {
                ["_total_items"] = calls.Count,
                ["errors"] = errors,
                ["_embedded"] = new JsonObject { ["calls"] = calls },
            }, calls.Count == 0 ? 400 : 200);
        }
    }

    private void Check(ItemReader item)
    {
        if (item.Text("direction") is not ("inbound" or "outbound"))
        {
            item.NotAChoice("direction");
        }

        if (string.IsNullOrEmpty(item.Text("phone")))
        {
            item.Missing("phone");
        }

        item.Number("duration");
        item.Text("source");
        item.Text("link", longest: 2048);
        if (item.Number("call_status") is < 1 or > 7)
        {
            item.NotAChoice("call_status");
        }

        EntityReader.User(_store, item, "responsible_user_id", 0, robot: true);
        EntityReader.User(_store, item, "created_by", 0, robot: true);
    }

    private SimulatedEntity? Caller(string phone)
    {
        string wanted = Last(phone);
        return wanted.Length == 0 ? null : _store.Contacts.Live.Cast<SimulatedEntity>().Concat(_store.Companies.Live).FirstOrDefault(entity =>
            entity.Fields.Any(field => _store.Fields.Find(entity.Kind.Plural(), field.FieldId)?.Code == "PHONE"
                && field.Values.Any(value => Last(value.Value.ToString()) == wanted)));
    }

    private static string Last(string phone)
    {
        string digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length > Digits ? digits[^Digits..] : digits;
    }

    private JsonObject Keep(ApiRequest request, ItemReader item, SimulatedEntity entity)
    {
        JsonObject parameters = [];
        foreach (string name in (ReadOnlySpan<string>)["uniq", "duration", "source", "link", "phone", "call_responsible", "call_result", "call_status"])
        {
            if (item[name] is { } value)
            {
                parameters[name] = value.DeepClone();
            }
        }

        SimulatedNote note = context.Notes.Add(new SimulatedNote
        {
            EntityKind = entity.Kind,
            EntityId = entity.Id,
            NoteType = item.Text("direction") == "inbound" ? "call_in" : "call_out",
            Params = FieldValues.Element(parameters),
            ResponsibleUserId = item.Number("responsible_user_id") ?? request.Actor.UserId,
            CreatedBy = item.Number("created_by") ?? request.Actor.UserId,
            UpdatedBy = request.Actor.UserId,
            CreatedAt = item.Number("created_at") ?? 0,
        }, request.Actor);
        JsonObject self = request.SelfLink($"/api/v4/{entity.Kind.Plural()}/{entity.Id.ToText()}");
        return new JsonObject
        {
            ["id"] = note.Id,
            ["entity_id"] = entity.Id,
            ["entity_type"] = entity.Kind.Singular(),
            ["account_id"] = _store.Options.AccountId,
            ["request_id"] = item.RequestId,
            ["_embedded"] = new JsonObject { ["entity"] = new JsonObject { ["id"] = entity.Id, ["_links"] = self } },
        };
    }

    /// <summary>The pop-up of an incoming call, form-encoded as of old: <c>add[0][type]</c>, <c>phone_number</c>, <c>users[]</c>.</summary>
    private Reply Popup(ApiRequest request)
    {
        IFormCollection? form = request.Form;
        if (form is null || form["add[0][type]"] != "phone_call" || string.IsNullOrEmpty(form["add[0][phone_number]"]))
        {
            return Reply.EmptyBody;
        }

        lock (_store.Gate)
        {
            SimulatedEntity? caller = Caller(form["add[0][phone_number]"].ToString());
            DocumentTable table = _store.Documents.Table("call_popups", 6_900_000);
            long id = table.NextId();
            table.Put(new JsonObject
            {
                ["id"] = id,
                ["phone_number"] = form["add[0][phone_number]"].ToString(),
                ["users"] = form["add[0][users][]"].Select(user => (JsonNode?)JsonValue.Create(user)).ToJsonArray(),
            });
            context.Sink.Touch();
            return Reply.Hal(new JsonObject
            {
                ["_links"] = request.SelfLink(request.Path),
                ["_embedded"] = new JsonObject
                {
                    ["items"] = new JsonArray(new JsonObject
                    {
                        ["id"] = id,
                        ["element_id"] = caller?.Id ?? 0,
                        ["element_type"] = caller?.Kind.HookNumber() ?? 0,
                        ["uid"] = null,
                        ["phone_number"] = form["add[0][phone_number]"].ToString(),
                    }),
                },
            });
        }
    }
}
