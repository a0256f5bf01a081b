namespace Kommo.Webhooks;

/// <summary>
/// Tells the hooks of Digital-Pipeline triggers from those of subscriptions. Some actions are triggers' alone. <c>status</c> and <c>add</c> come
/// from both: a trigger's item tells ids alone (the lead, its stage and pipeline, those of before), a subscription's has at least the time of the
/// change with them.
/// </summary>
internal static class DigitalPipeline
{
    public static bool Sent(LeadEvent lead) => lead switch
    {
        LeadCallReceived or LeadChatReceived or LeadMailReceived or LeadSiteVisited => true,
        LeadAdded or LeadStatusChanged => lead.StatusId is not null && HasIdsAlone(lead.Fields),
        _ => false,
    };

    private static bool HasIdsAlone(WebhookFields fields)
    {
        foreach (var span in fields.Spans)
        {
            if (!IsId(span.Key(fields.Buffer)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsId(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("[id]"u8)
        || key.SequenceEqual("[status_id]"u8)
        || key.SequenceEqual("[old_status_id]"u8)
        || key.SequenceEqual("[pipeline_id]"u8)
        || key.SequenceEqual("[old_pipeline_id]"u8);
}
