using Kommo.Webhooks;

namespace Kommo.Benchmarks.Webhooks;

/// <summary>Reads each typed property of a lead once.</summary>
internal static class TypedRead
{
    public static long All(LeadUpdated lead)
    {
        var read = (lead.EntityId ?? 0) + (lead.AccountId ?? 0) + (lead.StatusId ?? 0) + (lead.OldStatusId ?? 0) + (lead.PipelineId ?? 0)
            + (lead.OldPipelineId ?? 0) + (long)(lead.Price ?? 0) + (lead.ResponsibleUserId ?? 0) + (lead.OldResponsibleUserId ?? 0)
            + (lead.CreatedUserId ?? 0) + (lead.ModifiedUserId ?? 0) + (lead.CreatedAt?.Ticks ?? 0) + (lead.UpdatedAt?.Ticks ?? 0)
            + (lead.Name?.Length ?? 0) + lead.Tags.Count + (lead.IsFromDigitalPipeline ? 1 : 0);
        foreach (var field in lead.CustomFields)
        {
            read += field.Id ?? 0;
            foreach (var value in field.Values)
            {
                read += (value.Value?.Length ?? 0) + (value.EnumId ?? 0);
            }
        }

        return read;
    }
}
