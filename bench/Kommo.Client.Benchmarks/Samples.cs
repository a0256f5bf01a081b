using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Kommo.Client.Benchmarks;

/// <summary>A page of 250 leads, and the options that read it by reflection.</summary>
internal static class Samples
{
    public const int Leads = 250;

    /// <summary>As the client's own options, but with metadata found by reflection.</summary>
    public static JsonSerializerOptions Reflection { get; } = CreateReflection();

    public static byte[] Page()
    {
        var text = new StringBuilder("""{"_page":1,"_links":{"self":{"href":"https://example.kommo.com/api/v4/leads"}},"_embedded":{"leads":[""");
        text.AppendJoin(',', Enumerable.Range(1, Leads).Select(Lead));
        return Encoding.UTF8.GetBytes(text.Append("]}}").ToString());
    }

    public static string Lead(int id) => string.Create(CultureInfo.InvariantCulture, $$$$"""
        {"id":{{{{id}}}},"name":"Kitchen {{{{id}}}}","price":{{{{id * 10}}}},"responsible_user_id":123321,"group_id":625,"status_id":142,"pipeline_id":1300,"loss_reason_id":null,
        "created_by":321123,"updated_by":321123,"created_at":1700000000,"updated_at":1700000{{{{100 + (id % 800)}}}},"closed_at":1700000900,"closest_task_at":null,"is_deleted":false,
        "custom_fields_values":[{"field_id":4400115,"field_name":"Size","field_code":null,"field_type":"select","values":[{"value":"Large","enum_id":96473,"enum_code":null}]},
        {"field_id":4400116,"field_name":"Site","field_code":"WEB","field_type":"url","values":[{"value":"https://example.com/{{{{id}}}}"}]}],
        "score":null,"account_id":5135160,"labor_cost":81,"_links":{"self":{"href":"https://example.kommo.com/api/v4/leads/{{{{id}}}}"}},
        "_embedded":{"tags":[{"id":100667,"name":"web","color":null}],"companies":[{"id":10971463,"_links":{"self":{"href":"https://example.kommo.com/api/v4/companies/10971463"}}}]}}
        """).ReplaceLineEndings("");

    public static LeadUpdate[] Updates() =>
    [
        .. Enumerable.Range(1, Leads).Select(id => new LeadUpdate
        {
            Id = id,
            Name = "Kitchen",
            Price = id,
            StatusId = 142,
            LossReasonId = null,
            CustomFields = [CustomFieldValues.For(4400115, CustomFieldValue.Option(96473)), CustomFieldValues.Phone("+15550100")],
        }),
    ];

    private static JsonSerializerOptions CreateReflection()
    {
        var options = new JsonSerializerOptions(KommoJson.Options)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KommoJson.LeaveOutWhatDoesNotChange } },
        };
        return options;
    }
}

/// <summary>A page as reflection reads it.</summary>
internal sealed class LeadPage
{
    [JsonPropertyName("_embedded")]
    public LeadPageEmbedded? Embedded { get; set; }
}

/// <summary>What stands under <c>_embedded</c> of a page.</summary>
internal sealed class LeadPageEmbedded
{
    public List<Lead>? Leads { get; set; }
}
