using System.Globalization;
using System.Text.Json;

namespace Kommo.Simulator.Api;

/// <summary>What a list's query asks of an entity, read once: a filter is put to every row of the account (Kommo: Filters).</summary>
internal static class EntityFilter
{
    private const string FieldPrefix = "filter[custom_fields_values][";

    public static IReadOnlyList<Func<SimulatedEntity, bool>> Of(ListQuery query)
    {
        List<Func<SimulatedEntity, bool>> asked = [];
        void Ids(string name, Func<SimulatedEntity, long?> value)
        {
            if (query.FilterIds(name) is { } wanted)
            {
                asked.Add(entity => value(entity) is { } known && wanted.Contains(known));
            }
        }

        void Range(string name, Func<SimulatedEntity, long?> value)
        {
            if (query.HasRange(name))
            {
                asked.Add(entity => query.InRange(name, value(entity)));
            }
        }

        Ids("id", entity => entity.Id);
        Ids("responsible_user_id", entity => entity.ResponsibleUserId);
        Ids("created_by", entity => entity.CreatedBy);
        Ids("updated_by", entity => entity.UpdatedBy);
        Ids("pipeline_id", entity => (entity as SimulatedLead)?.PipelineId);
        Ids("status_id", entity => (entity as SimulatedCustomer)?.StatusId);
        Ids("price", entity => (entity as SimulatedLead)?.Price);
        Ids("next_price", entity => (entity as SimulatedCustomer)?.NextPrice);
        Range("created_at", entity => entity.CreatedAt);
        Range("updated_at", entity => entity.UpdatedAt);
        Range("price", entity => (entity as SimulatedLead)?.Price);
        Range("closed_at", entity => (entity as SimulatedLead)?.ClosedAt);
        Range("next_price", entity => (entity as SimulatedCustomer)?.NextPrice);
        Range("next_date", entity => (entity as SimulatedCustomer)?.NextDate);
        if (query.Filter("name") is { } names)
        {
            asked.Add(entity => names.Contains(entity.Name));
        }

        if (query.Statuses is { } stages)
        {
            asked.Add(entity => entity is SimulatedLead lead && stages.Contains((lead.PipelineId, lead.StatusId)));
        }

        if (query.Search is { Length: > 0 } search)
        {
            asked.Add(entity => Contains(entity, search));
        }

        asked.AddRange(query.Keys.Where(key => key.StartsWith(FieldPrefix, StringComparison.Ordinal))
            .Select(key => key[FieldPrefix.Length..].Split(']')[0]).Distinct().Select(field => Field(query, field)));
        return asked;
    }

    private static Func<SimulatedEntity, bool> Field(ListQuery query, string id)
    {
        string name = $"custom_fields_values][{id}";
        IReadOnlyList<string>? wanted = query.Filter(name);
        long.TryParse(id, CultureInfo.InvariantCulture, out long fieldId);
        return entity => entity.Fields.FirstOrDefault(field => field.FieldId == fieldId) is { } value
            && value.Values.Any(item => wanted is null
                ? query.InRange(name, Number(item.Value))
                : wanted.Contains(item.Value.ToString()) || wanted.Contains(item.EnumId?.ToString(CultureInfo.InvariantCulture) ?? ""));
    }

    private static long? Number(JsonElement value) =>
        decimal.TryParse(value.ToString(), CultureInfo.InvariantCulture, out decimal number) ? (long)number : null;

    private static bool Contains(SimulatedEntity entity, string search) =>
        entity.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
        || entity.Fields.Any(field => field.Values.Any(value => value.Value.ToString().Contains(search, StringComparison.OrdinalIgnoreCase)));
}
