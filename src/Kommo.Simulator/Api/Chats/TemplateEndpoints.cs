using System.Text.Json.Nodes;
using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Hooks;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api.Chats;

/// <summary>Chat templates and their review by WhatsApp; a template sent for review is told by a hook (Kommo: Chat templates).</summary>
internal sealed class TemplateEndpoints(ApiContext context)
{
    private const string Path = "/chats/templates";
    private static readonly string[] Outcomes = ["approved", "rejected", "review", "paused"];
    private readonly AccountStore _store = context.Store;

    private DocumentTable Table => _store.Documents.Table("chat_templates", 5_800_000);

    public void Map(RouteGroupBuilder api)
    {
        context.Map(api, new Resource
        {
            Name = "chat_templates",
            Path = Path,
            Table = _ => Table,
            Fields =
            [
                Field.Named(), Field.Text("content").Needed() with { Longest = 1024 }, Field.Any("buttons"), Field.Any("attachment"),
                Field.Flag("is_editable", true), Field.Text("external_id"), Field.Choice("type", "amocrm", "amocrm", "waba"),
                Field.Text("waba_header") with { Longest = 60 }, Field.Text("waba_footer") with { Longest = 60 },
                Field.Choice("waba_category", null, "UTILITY", "AUTHENTICATION", "MARKETING"), Field.Text("waba_language"),
                Field.Any("waba_examples"), Field.Fixed("reviews", new JsonArray()),
            ],
            LargestPage = 50,
            AnswersWhole = true,
            HasTotals = true,
            Filters = ["external_id", "type"],
            Show = (row, request) =>
            {
                JsonNode? reviews = row["reviews"]?.DeepClone();
                row.Remove("reviews");
                if (request.Query.With("reviews"))
                {
                    row["_embedded"] = new JsonObject { ["reviews"] = reviews };
                }
            },
        }, Verbs.All | Verbs.DeleteMany);
        api.Serve("POST", $"{Path}/{{id:long}}/review", request => Found(request, SendForReview));
        api.Serve("POST", $"{Path}/{{id:long}}/review/{{review:long}}", request => Found(request, template => Decide(request, template)));
    }

    private Reply SendForReview(JsonObject template)
    {
        if (template.Text("type") != "waba")
        {
            return Reply.Unprocessable("Only templates of the type waba are reviewed");
        }

        JsonArray reviews = [];
        foreach (JsonObject source in Settings.Sources.Table(_store).All.DefaultIfEmpty(new JsonObject { ["id"] = 0 }))
        {
            reviews.Add((JsonNode)new JsonObject
            {
                ["id"] = _store.Documents.Table("template_reviews", 5_900_000).NextId(),
                ["source_id"] = source.Id(),
                ["status"] = "review",
                ["reject_reason"] = "",
            });
        }

        JsonObject sent = template.With("reviews", reviews);
        Table.Put(sent);
        context.Sink.Publish(new Change(["add_chat_template_review"], body => ChatHooks.Review(body, sent)));
        return Reply.Hal(new JsonObject
        {
            ["_total_items"] = reviews.Count,
            ["_embedded"] = new JsonObject { ["reviews"] = reviews.DeepClone() },
        });
    }

    private Reply Decide(ApiRequest request, JsonObject template)
    {
        JsonObject changed = template.Copy();
        if (changed.List("reviews").Objects().FirstOrDefault(one => one.Id() == request.Route("review")) is not { } review)
        {
            return Reply.NotFound;
        }

        return context.Batch.One(request, item =>
        {
            string? status = item.Text("status");
            if (status is null)
            {
                item.Missing("status");
            }
            else if (!Outcomes.Contains(status))
            {
                item.NotAChoice("status");
            }

            string reason = item.Text("reject_reason") ?? "";
            return () =>
            {
                review["status"] = status;
                review["reject_reason"] = reason;
                Table.Put(changed);
                context.Sink.Touch();
                return review.Copy();
            };
        });
    }

    private Reply Found(ApiRequest request, Func<JsonObject, Reply> serve)
    {
        lock (_store.Gate)
        {
            return Table.Find(request.Route("id")) is { } template ? serve(template) : Reply.NotFound;
        }
    }
}
